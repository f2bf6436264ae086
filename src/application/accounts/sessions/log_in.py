"""Logging in."""

from dataclasses import dataclass, field

from application.accounts.passwords.prove_password import Proof, ProvePassword
from application.accounts.second_factor.prove_code import ProveCode
from application.accounts.sessions.begin_session import BeginSession
from application.ports.accounts.passwords import HasLeft, PasswordHasher, never_leaves
from application.ports.accounts.users import UserRepository
from application.ports.clock import Clock
from application.ports.events import Events
from domain.accounts.callers.actors import Actor
from domain.accounts.callers.networks import Network
from domain.accounts.callers.turns import Turn
from domain.accounts.callers.visits import Visit, unseen
from domain.accounts.events import SignInRefused
from domain.accounts.tenants import TenantId
from domain.accounts.users import EmailAddress, PlainPassword, User
from domain.errors import InvalidInput, PasswordsBusy, WrongCredentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """An email, a password and perhaps a code as typed; none is judged by its form.

    `network` is where they come from, None where nobody knows; `tenant_id` whose client app they
    use, None for the default tenant's.
    """

    email: str
    password: str = field(repr=False)
    code: str | None = field(default=None, repr=False)
    tenant_id: TenantId | None = None
    network: Network | None = None
    visit: Visit = field(default_factory=unseen)
    has_left: HasLeft = never_leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """Turns credentials into an access token."""

    users: UserRepository
    passwords: PasswordHasher
    prove_password: ProvePassword
    prove_code: ProveCode
    begin_session: BeginSession
    events: Events
    clock: Clock

    async def __call__(self, credentials: Credentials) -> str:
        """Raises WrongCredentials, after the same time whether or not the email exists.

        Raises PasswordPaused and PasswordsBusy likewise. Once the password was right, and only for
        users who switched a second factor on, the code is looked at: raises SecondFactorNeeded,
        SecondFactorWrong or SecondFactorPaused.
        """
        try:
            password = PlainPassword(credentials.password)
        except InvalidInput:
            raise WrongCredentials from None
        begun_at = self.clock.now()  # before the password is read: it may be replaced
        email = _email(credentials.email)
        proof = Proof(
            email=email,
            tenant_id=credentials.tenant_id,
            password=password,
            network=credentials.network,
            has_left=credentials.has_left,
        )
        user = None
        if email is not None:
            user = await self.users.with_email(email, tenant_id=credentials.tenant_id)
        visitor = Actor.visitor(credentials.visit)
        if not await self.prove_password(proof, user) or user is None:
            await self.events.publish(SignInRefused(user_id=user.id if user else None, by=visitor))
            raise WrongCredentials
        await self.prove_code.at_login(user, credentials.code, by=visitor)
        await self._renew_hash(user, password, credentials.network)
        await self.prove_password.remember_network(proof, user)
        return await self.begin_session(user, credentials.visit, begun_at=begun_at)

    async def _renew_hash(
        self, user: User, password: PlainPassword, network: Network | None
    ) -> None:
        """Hash the password anew if its hash was made with other parameters than today's."""
        if not self.passwords.is_outdated(user.password_hash):
            return
        try:
            password_hash = await self.passwords.hash(
                password, turn=Turn(network=network, is_known=True)
            )
        except PasswordsBusy:
            return  # the old hash is good, and the next login can renew it
        await self.users.replace_password_hash(user.id, password_hash)


def _email(text: str) -> EmailAddress | None:
    try:
        return EmailAddress(text)
    except InvalidInput:
        return None
