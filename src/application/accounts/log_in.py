"""Logging in."""

from dataclasses import dataclass, field

from application.accounts.access import IssueAccess
from application.accounts.prove_password import Proof, ProvePassword
from application.ports.events import Events
from application.ports.passwords import HasLeft, PasswordHasher, never_leaves
from application.ports.users import UserRepository
from domain.accounts.events import SignedIn, SignInRefused
from domain.accounts.networks import Network
from domain.accounts.users import EmailAddress, PlainPassword, User
from domain.errors import InvalidInput, PasswordsBusy, WrongCredentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """An email and a password as typed; neither is judged by its form.

    `network` is where they come from, None where nobody knows.
    """

    email: str
    password: str = field(repr=False)
    network: Network | None = None
    has_left: HasLeft = never_leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """Turns credentials into an access token."""

    users: UserRepository
    passwords: PasswordHasher
    prove_password: ProvePassword
    issue_access: IssueAccess
    events: Events

    async def __call__(self, credentials: Credentials) -> str:
        """Raises WrongCredentials, after the same time whether or not the email exists.

        Raises PasswordPaused and PasswordsBusy likewise.
        """
        try:
            password = PlainPassword(credentials.password)
        except InvalidInput:
            raise WrongCredentials from None
        begun_at = self.issue_access.clock.now()  # before the password is read: it may be replaced
        email = _email(credentials.email)
        proof = Proof(
            email=email,
            password=password,
            network=credentials.network,
            has_left=credentials.has_left,
        )
        user = None if email is None else await self.users.with_email(email)
        if not await self.prove_password(proof, user) or user is None:
            await self.events.publish(SignInRefused(user_id=user.id if user else None))
            raise WrongCredentials
        await self._renew_hash(user, password)
        await self.prove_password.remember_network(proof, user)
        token = self.issue_access.for_new_login(user, begun_at=begun_at)
        await self.events.publish(SignedIn(user_id=user.id))
        return token

    async def _renew_hash(self, user: User, password: PlainPassword) -> None:
        """Hash the password anew if its hash was made with other parameters than today's."""
        if not self.passwords.is_outdated(user.password_hash):
            return
        try:
            password_hash = await self.passwords.hash(password)
        except PasswordsBusy:
            return  # the old hash is good, and the next login can renew it
        await self.users.replace_password_hash(user.id, password_hash)


def _email(text: str) -> EmailAddress | None:
    try:
        return EmailAddress(text)
    except InvalidInput:
        return None
