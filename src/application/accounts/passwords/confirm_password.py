"""What touches the account itself takes the password once more, unless it was given just now."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.accounts.passwords.prove_password import CallersPassword, ProvePassword
from application.ports.accounts.sessions import Sessions
from application.ports.clock import Clock
from domain.accounts.errors import PasswordNeeded


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPassword:
    """Whoever finds a page open must not be able to make keys of it."""

    prove_password: ProvePassword
    sessions: Sessions
    clock: Clock

    async def __call__(self, caller: Caller, password: CallersPassword | None) -> None:
        """Raises PasswordNeeded where none is given and none was for ten minutes.

        Raises WrongCredentials, PasswordPaused or PasswordsBusy as a login does.
        """
        login_id = caller.claims.login_id
        if password is not None:
            await self.prove_password.of_caller(caller, password)
            await self.sessions.note_password(login_id, at=self.clock.now())
            return
        session = await self.sessions.with_id(login_id)
        if session is None or not session.knows_password(self.clock.now()):
            raise PasswordNeeded
