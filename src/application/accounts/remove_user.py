"""Erasing somebody's account without their password."""

from dataclasses import dataclass

from application.ports.accounts.users import UserRepository
from application.ports.events import Events
from domain.accounts.callers.actors import OPERATOR
from domain.accounts.events import UserRemoved
from domain.accounts.tenants import TenantId
from domain.accounts.users import EmailAddress
from domain.errors import UserNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveUser:
    """For the operator alone: erases an account with all that was stored for it."""

    users: UserRepository
    events: Events

    async def __call__(self, email: str, *, tenant_id: TenantId | None = None) -> None:
        """Raises InvalidInput for what is no email, UserNotFound where nobody in the tenant has it.

        None is the default tenant.
        """
        user = await self.users.with_email(EmailAddress(email), tenant_id=tenant_id)
        if user is None:
            raise UserNotFound
        await self.users.remove(user.id)
        await self.events.publish(UserRemoved(user_id=user.id, by=OPERATOR))
