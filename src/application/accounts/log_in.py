"""Logging in."""

from dataclasses import dataclass, field

from application.accounts.access import IssueAccess
from application.ports.events import Events
from application.ports.passwords import PasswordHasher
from application.ports.users import UserRepository
from domain.accounts.events import SignedIn, SignInRefused
from domain.accounts.users import EmailAddress, PlainPassword, User
from domain.errors import InvalidInput, WrongCredentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """An email and a password as typed; neither is judged by its form."""

    email: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """Turns credentials into an access token."""

    users: UserRepository
    passwords: PasswordHasher
    issue_access: IssueAccess
    events: Events

    async def __call__(self, credentials: Credentials) -> str:
        """Raises WrongCredentials, after the same time whether or not the email exists."""
        try:
            password = PlainPassword(credentials.password)
        except InvalidInput:
            raise WrongCredentials from None
        user = await self._user(credentials.email)
        fits = await self.passwords.verify(password, user.password_hash if user else None)
        if user is None or not fits:
            await self.events.publish(SignInRefused(user_id=user.id if user else None))
            raise WrongCredentials
        if self.passwords.is_outdated(user.password_hash):
            await self.users.replace_password_hash(user.id, await self.passwords.hash(password))
        token = self.issue_access.for_new_login(user)
        await self.events.publish(SignedIn(user_id=user.id))
        return token

    async def _user(self, email: str) -> User | None:
        try:
            return await self.users.with_email(EmailAddress(email))
        except InvalidInput:
            return None
