"""A new password for somebody who forgot theirs."""

from dataclasses import dataclass, field
from datetime import timedelta

from application.ports.clock import Clock
from application.ports.passwords import PasswordHasher
from application.ports.users import UserRepository
from domain.accounts.users import EmailAddress, PlainPassword
from domain.errors import UserNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReset:
    """Whose password is replaced, and by which."""

    email: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword:
    """For the operator alone: the old password is not asked for, and every login ends."""

    users: UserRepository
    passwords: PasswordHasher
    clock: Clock
    shortest_password: int

    async def __call__(self, reset: PasswordReset) -> None:
        """Raises InvalidInput for a malformed email or password, UserNotFound for an unknown email.

        Logins are dated in whole seconds. Those of this second end too, and it is over on return:
        whoever logs in afterwards stays.
        """
        email = EmailAddress(reset.email)
        password = PlainPassword.chosen(reset.password, shortest=self.shortest_password)
        user = await self.users.with_email(email)
        if user is None:
            raise UserNotFound
        password_hash = await self.passwords.hash(password)
        now = self.clock.now()
        next_second = now.replace(microsecond=0) + timedelta(seconds=1)
        await self.users.reset_password(user.id, password_hash, at=next_second)
        await self.clock.sleep((next_second - now).total_seconds())
