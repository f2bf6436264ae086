"""Doing without the second factor again: by its owner, or by whoever runs the gateway."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.accounts.passwords.confirm_password import ConfirmPassword
from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.second_factor.prove_code import ProveCode
from application.ports.accounts.second_factors import SecondFactors
from application.ports.accounts.users import UserRepository
from application.ports.events import Events
from domain.accounts.callers.actors import OPERATOR
from domain.accounts.events import SecondFactorSwitchedOff
from domain.accounts.tenants import TenantId
from domain.accounts.users import EmailAddress
from domain.errors import UserNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchOffSecondFactor:
    """Takes the password and a code: whoever finds a page open has neither."""

    second_factors: SecondFactors
    confirm_password: ConfirmPassword
    prove_code: ProveCode
    events: Events

    async def __call__(
        self, caller: Caller, *, password: CallersPassword | None, code: str
    ) -> None:
        """Raises as ConfirmPassword and ProveCode do."""
        await self.confirm_password(caller, password)
        await self.prove_code.of_caller(caller, code)
        await self.second_factors.remove(caller.user.id)
        await self.events.publish(SecondFactorSwitchedOff(user_id=caller.user.id, by=caller.actor))


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetSecondFactor:
    """For the operator alone: a way in for somebody who lost the app and the recovery codes."""

    users: UserRepository
    second_factors: SecondFactors
    events: Events

    async def __call__(self, email: str, *, tenant_id: TenantId | None = None) -> bool:
        """Whether there was one; None is the default tenant.

        Raises InvalidInput for what is no email, UserNotFound where nobody in the tenant has it.
        """
        user = await self.users.with_email(EmailAddress(email), tenant_id=tenant_id)
        if user is None:
            raise UserNotFound
        if not await self.second_factors.remove(user.id):
            return False
        await self.events.publish(SecondFactorSwitchedOff(user_id=user.id, by=OPERATOR))
        return True
