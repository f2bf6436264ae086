"""Signing up."""

from dataclasses import dataclass, field

from application.ports.clock import Clock
from application.ports.events import Events
from application.ports.passwords import HasLeft, PasswordHasher, never_leaves
from application.ports.randomness import Randomness
from application.ports.users import UserRepository
from domain.accounts.events import UserRegistered
from domain.accounts.sign_up import SignUp
from domain.accounts.users import EmailAddress, PlainPassword, User, UserId
from domain.errors import SignUpClosed


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What somebody typed into a sign-up form."""

    email: str
    password: str = field(repr=False)
    has_left: HasLeft = never_leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Opens an account."""

    users: UserRepository
    passwords: PasswordHasher
    clock: Clock
    randomness: Randomness
    events: Events
    shortest_password: int
    sign_up: SignUp = SignUp.OPEN

    async def __call__(self, registration: Registration) -> User:
        """Raises InvalidInput for a malformed email or password, EmailTaken for a known one.

        SignUpClosed is raised where accounts are not for everybody to open, PasswordsBusy when too
        many passwords are hashed already.
        """
        if not await self._is_open():  # before a password costs anything
            raise SignUpClosed
        email = EmailAddress(registration.email)
        password = PlainPassword.chosen(registration.password, shortest=self.shortest_password)
        now = self.clock.now()
        user = User(
            id=UserId(self.randomness.identifier()),
            email=email,
            password_hash=await self.passwords.hash(password, has_left=registration.has_left),
            created_at=now,
            updated_at=now,
        )
        if self.sign_up is not SignUp.FIRST:
            await self.users.add(user)
        elif not await self.users.add_first(user):
            raise SignUpClosed
        await self.events.publish(UserRegistered(user_id=user.id))
        return user

    async def _is_open(self) -> bool:
        match self.sign_up:
            case SignUp.CLOSED:
                return False
            case SignUp.FIRST:
                return await self.users.is_empty()
        return True
