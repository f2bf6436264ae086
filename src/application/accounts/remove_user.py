"""Erasing somebody's account without their password."""

from dataclasses import dataclass

from application.ports.events import Events
from application.ports.users import UserRepository
from domain.accounts.events import UserRemoved
from domain.accounts.users import EmailAddress
from domain.errors import UserNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveUser:
    """For the operator alone: erases an account with all that was stored for it."""

    users: UserRepository
    events: Events

    async def __call__(self, email: str) -> None:
        """Raises InvalidInput for what is no email, UserNotFound where nobody has it."""
        user = await self.users.with_email(EmailAddress(email))
        if user is None:
            raise UserNotFound
        await self.users.remove(user.id)
        await self.events.publish(UserRemoved(user_id=user.id))
