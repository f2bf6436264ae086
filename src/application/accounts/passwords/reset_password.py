"""A new password for somebody who forgot theirs."""

from dataclasses import dataclass, field

from application.accounts.passwords.choose_password import ChoosePassword
from application.accounts.sessions.end_sessions import after_all
from application.ports.accounts.passwords import PasswordHasher
from application.ports.accounts.sessions import Sessions
from application.ports.accounts.users import UserRepository
from application.ports.clock import Clock
from application.ports.events import Events
from domain.accounts.callers.actors import OPERATOR
from domain.accounts.events import PasswordWasReset
from domain.accounts.tenants import TenantId
from domain.accounts.users import EmailAddress
from domain.errors import UserNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReset:
    """Whose password is replaced, and by which; `tenant_id` None is the default tenant."""

    email: str
    password: str = field(repr=False)
    tenant_id: TenantId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword:
    """For the operator alone: the old password is not asked for, and every login ends."""

    users: UserRepository
    passwords: PasswordHasher
    sessions: Sessions
    events: Events
    clock: Clock
    choose_password: ChoosePassword

    async def __call__(self, reset: PasswordReset) -> None:
        """Raises InvalidInput for a malformed email or password.

        Raises UserNotFound for an email that nobody in the tenant has.
        """
        email = EmailAddress(reset.email)
        password = self.choose_password(reset.password, email=email)
        user = await self.users.with_email(email, tenant_id=reset.tenant_id)
        if user is None:
            raise UserNotFound
        password_hash = await self.passwords.hash(password)
        at = await after_all(self.sessions, user.id, self.clock.now())
        await self.users.reset_password(user.id, password_hash, at=at, spared=None)
        await self.events.publish(PasswordWasReset(user_id=user.id, by=OPERATOR))
