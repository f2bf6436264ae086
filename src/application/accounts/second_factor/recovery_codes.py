"""Codes on paper, for when the app is lost."""

from dataclasses import dataclass, field

from application.accounts.access import Caller
from application.accounts.passwords.confirm_password import ConfirmPassword
from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.second_factor.prove_code import ProveCode
from application.ports.accounts.one_time_codes import OneTimeCodes
from application.ports.accounts.second_factors import SecondFactors
from application.ports.events import Events
from domain.accounts.errors import SecondFactorOff
from domain.accounts.events import RecoveryCodesRenewed
from domain.accounts.second_factor import RECOVERY_CODES, TypedCode, recovery_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshCodes:
    """Recovery codes to show once, and the marks to keep of them."""

    codes: tuple[str, ...] = field(repr=False)
    marks: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecoveryCodes:
    """Makes as many as a second factor has."""

    codes: OneTimeCodes

    def __call__(self, secret: str) -> FreshCodes:
        """Recovery codes for the second factor with this secret."""
        codes = tuple(self.codes.new_recovery_code() for _ in range(RECOVERY_CODES))
        marks = tuple(recovery_mark(secret, TypedCode(code)) for code in codes)
        return FreshCodes(codes=codes, marks=marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewRecoveryCodes:
    """New recovery codes in the place of all those of before."""

    second_factors: SecondFactors
    new_recovery_codes: NewRecoveryCodes
    confirm_password: ConfirmPassword
    prove_code: ProveCode
    events: Events

    async def __call__(
        self, caller: Caller, *, password: CallersPassword | None, code: str
    ) -> tuple[str, ...]:
        """The codes, which are never shown again; raises as ConfirmPassword and ProveCode do."""
        await self.confirm_password(caller, password)
        factor = await self.prove_code.of_caller(caller, code)
        fresh = self.new_recovery_codes(factor.known_secret())
        if not await self.second_factors.replace_recovery_codes(factor, fresh.marks):
            raise SecondFactorOff  # by somebody who was faster
        await self.events.publish(RecoveryCodesRenewed(user_id=caller.user.id, by=caller.actor))
        return fresh.codes
