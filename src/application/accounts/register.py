"""Signing up."""

from dataclasses import dataclass, field

from application.accounts.passwords.choose_password import ChoosePassword
from application.ports.accounts.passwords import HasLeft, PasswordHasher, never_leaves
from application.ports.accounts.users import UserRepository
from application.ports.clock import Clock
from application.ports.events import Events
from application.ports.randomness import Randomness
from domain.accounts.callers.actors import OPERATOR, Actor
from domain.accounts.callers.networks import Network
from domain.accounts.callers.turns import Turn
from domain.accounts.events import UserRegistered
from domain.accounts.sign_up import SignUp
from domain.accounts.tenants import TenantId
from domain.accounts.users import EmailAddress, User, UserId
from domain.errors import SignUpClosed


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What somebody typed into a sign-up form; `network` and `tenant_id` as in Credentials."""

    email: str
    password: str = field(repr=False)
    tenant_id: TenantId | None = None
    network: Network | None = None
    has_left: HasLeft = never_leaves
    by: Actor = OPERATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Opens an account."""

    users: UserRepository
    passwords: PasswordHasher
    clock: Clock
    randomness: Randomness
    events: Events
    choose_password: ChoosePassword
    sign_up: SignUp = SignUp.OPEN

    async def __call__(self, registration: Registration) -> User:
        """Raises InvalidInput for a malformed email or password, EmailTaken for a known one.

        SignUpClosed is raised where accounts are not for everybody to open, PasswordsBusy when too
        many passwords are hashed already, UnknownClient when the tenant is gone meanwhile.
        """
        if not await self._is_open(registration.tenant_id):  # before a password costs anything
            raise SignUpClosed
        email = EmailAddress(registration.email)
        password = self.choose_password(registration.password, email=email)
        now = self.clock.now()
        user = User(
            id=UserId(self.randomness.identifier()),
            email=email,
            password_hash=await self.passwords.hash(
                password, turn=Turn(network=registration.network), has_left=registration.has_left
            ),
            created_at=now,
            updated_at=now,
            tenant_id=registration.tenant_id,
        )
        if self.sign_up is not SignUp.FIRST:
            await self.users.add(user)
        elif not await self.users.add_first(user):
            raise SignUpClosed
        await self.events.publish(UserRegistered(user_id=user.id, by=registration.by))
        return user

    async def _is_open(self, tenant_id: TenantId | None) -> bool:
        match self.sign_up:
            case SignUp.CLOSED:
                return False
            case SignUp.FIRST:
                return await self.users.is_empty(tenant_id=tenant_id)
        return True
