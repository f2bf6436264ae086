"""Leaving for good."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.accounts.passwords.prove_password import CallersPassword, ProvePassword
from application.ports.accounts.users import UserRepository
from application.ports.events import Events
from domain.accounts.callers.actors import OWNER
from domain.accounts.events import UserRemoved


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteAccount:
    """Erases an account with all that was stored for it."""

    users: UserRepository
    prove_password: ProvePassword
    events: Events

    async def __call__(self, caller: Caller, password: CallersPassword) -> None:
        """Raises WrongCredentials when the password is not the account's.

        Raises PasswordPaused or PasswordsBusy as a login does.
        """
        await self.prove_password.of_caller(caller, password)
        await self.users.remove(caller.user.id)
        await self.events.publish(UserRemoved(user_id=caller.user.id, by=OWNER))
