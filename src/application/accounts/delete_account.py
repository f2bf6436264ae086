"""Leaving for good."""

from dataclasses import dataclass, field

from application.accounts.access import Caller
from application.ports.events import Events
from application.ports.passwords import PasswordHasher
from application.ports.users import UserRepository
from domain.accounts.events import UserRemoved
from domain.accounts.users import PlainPassword
from domain.errors import InvalidInput, WrongCredentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Who leaves, and the password that proves they mean it."""

    caller: Caller
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteAccount:
    """Erases an account with all that was stored for it."""

    users: UserRepository
    passwords: PasswordHasher
    events: Events

    async def __call__(self, departure: Departure) -> None:
        """Raises WrongCredentials when the password is not the account's."""
        user = departure.caller.user
        try:
            password = PlainPassword(departure.password)
        except InvalidInput:
            raise WrongCredentials from None
        if not await self.passwords.verify(password, user.password_hash):
            raise WrongCredentials
        await self.users.remove(user.id)
        await self.events.publish(UserRemoved(user_id=user.id))
