"""Another password, for somebody who knows the old one."""

from dataclasses import dataclass, field

from application.accounts.access import Caller
from application.accounts.passwords.choose_password import ChoosePassword
from application.accounts.passwords.prove_password import CallersPassword, ProvePassword
from application.accounts.sessions.end_sessions import EndOtherSessions, after_all
from application.ports.accounts.passwords import PasswordHasher
from application.ports.accounts.sessions import Sessions
from application.ports.accounts.users import UserRepository
from application.ports.clock import Clock
from application.ports.events import Events
from domain.accounts.callers.turns import Turn
from domain.accounts.events import PasswordChanged
from domain.errors import AccessTokenInvalid


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChange:
    """The old password, and the one that takes its place."""

    old: CallersPassword
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword:
    """Replaces the password, and ends every other session; API keys go on."""

    users: UserRepository
    passwords: PasswordHasher
    prove_password: ProvePassword
    end_other_sessions: EndOtherSessions
    sessions: Sessions
    events: Events
    clock: Clock
    choose_password: ChoosePassword

    async def __call__(self, caller: Caller, change: PasswordChange) -> None:
        """Raises PasswordUnacceptable for the new one, WrongCredentials for the old one.

        Raises PasswordPaused or PasswordsBusy as a login does, and AccessTokenInvalid where the
        login was ended while the passwords were read; nothing is changed then.
        """
        password = self.choose_password(change.new, email=caller.user.email)
        await self.prove_password.of_caller(caller, change.old)
        turn = Turn(network=change.old.network, is_known=True)
        password_hash = await self.passwords.hash(password, turn=turn, has_left=change.old.has_left)
        now = self.clock.now()
        own = caller.claims.login
        user_id = caller.user.id
        at = await after_all(self.sessions, user_id, now)
        if not await self.users.reset_password(user_id, password_hash, at=at, spared=own):
            raise AccessTokenInvalid
        await self.sessions.note_password(own.id, at=now)
        await self.events.publish(PasswordChanged(user_id=caller.user.id, by=caller.actor))
        await self.end_other_sessions.told(caller)
