"""Leaving for good."""

from dataclasses import dataclass, field

from application.accounts.access import Caller
from application.live.open_streams import OpenStreams
from application.ports.passwords import PasswordHasher
from application.ports.users import UserRepository
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
    open_streams: OpenStreams

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
        self.open_streams.end_user_gone(user.id)
