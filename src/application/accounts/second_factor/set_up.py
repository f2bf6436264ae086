"""Setting up a second factor: a secret for the app, then a code that shows that the app has it."""

from dataclasses import dataclass, field

from application.accounts.access import Caller
from application.accounts.passwords.confirm_password import ConfirmPassword
from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.second_factor.prove_code import ProveCode
from application.accounts.second_factor.recovery_codes import NewRecoveryCodes
from application.ports.accounts.one_time_codes import OneTimeCodes
from application.ports.accounts.second_factors import SecondFactors
from application.ports.clock import Clock
from application.ports.events import Events
from domain.accounts.errors import SecondFactorOff, SecondFactorOn
from domain.accounts.events import SecondFactorSwitchedOn


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What an authenticator app has to be told: the secret alone, or an address with it inside."""

    secret: str = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginSecondFactor:
    """Makes a secret, shown once; nothing is asked for at a login yet."""

    second_factors: SecondFactors
    codes: OneTimeCodes
    confirm_password: ConfirmPassword
    clock: Clock

    async def __call__(self, caller: Caller, password: CallersPassword | None) -> SetUp:
        """Raises SecondFactorOn where one is on, and as ConfirmPassword does."""
        await self.confirm_password(caller, password)
        secret = self.codes.new_secret()
        if not await self.second_factors.begin(caller.user.id, secret, at=self.clock.now()):
            raise SecondFactorOn
        address = self.codes.address(secret, account=caller.user.email.value)
        return SetUp(secret=secret, address=address)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchOnSecondFactor:
    """Has logins ask for a code, once the app has shown that it makes the right ones."""

    second_factors: SecondFactors
    prove_code: ProveCode
    new_recovery_codes: NewRecoveryCodes
    events: Events
    clock: Clock

    async def __call__(self, caller: Caller, code: str) -> tuple[str, ...]:
        """The recovery codes, which are never shown again.

        Raises SecondFactorOff where no set-up was begun lately, or sessions were ended since;
        SecondFactorOn where it is done, and else as ProveCode does.
        """
        factor = await self.second_factors.of_user(caller.user.id)
        now = self.clock.now()
        if factor is not None and factor.is_on:
            raise SecondFactorOn
        if factor is None or not factor.may_be_confirmed(caller.user, now):
            raise SecondFactorOff
        step = await self.prove_code.of_set_up(caller, factor, code)
        fresh = self.new_recovery_codes(factor.known_secret())
        if not await self.second_factors.switch_on(factor, fresh.marks, at=now, step=step):
            raise SecondFactorOn  # by somebody who was faster
        await self.events.publish(SecondFactorSwitchedOn(user_id=caller.user.id, by=caller.actor))
        return fresh.codes
