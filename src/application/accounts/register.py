"""Signing up."""

from dataclasses import dataclass, field

from application.ports.clock import Clock
from application.ports.events import Events
from application.ports.passwords import HasLeft, PasswordHasher, never_leaves
from application.ports.randomness import Randomness
from application.ports.users import UserRepository
from domain.accounts.events import UserRegistered
from domain.accounts.users import EmailAddress, PlainPassword, User, UserId


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

    async def __call__(self, registration: Registration) -> User:
        """Raises InvalidInput for a malformed email or password, EmailTaken for a known one.

        Raises PasswordsBusy when too many passwords are hashed already.
        """
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
        await self.users.add(user)
        await self.events.publish(UserRegistered(user_id=user.id))
        return user
