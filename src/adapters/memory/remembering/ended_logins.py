"""Which logins were ended, remembered between requests."""

from datetime import datetime

from adapters.memory.remembering.remembered import Remembered
from application.ports.accounts.ended_logins import EndedLogins
from application.ports.events import Events
from domain.accounts.events import LoginEnded
from domain.accounts.users import UserId
from domain.operations.events import StorageChanged


class RememberingEndedLogins(EndedLogins):
    """Answers from memory whether a login was ended, unless one was ended through here since."""

    def __init__(self, kept: EndedLogins, *, events: Events) -> None:
        self._kept = kept
        self._contains = Remembered(kept.contains)
        events.subscribe(StorageChanged, self._forget_all)
        events.subscribe(LoginEnded, self._forget_login, anywhere=True)

    async def add(self, login_id: str, *, user_id: UserId, until: datetime) -> None:
        try:
            await self._kept.add(login_id, user_id=user_id, until=until)
        finally:
            self._contains.forget(login_id)

    async def contains(self, login_id: str) -> bool:
        return await self._contains(login_id)

    async def _forget_login(self, event: LoginEnded) -> None:
        self._contains.forget(event.login_id)

    async def _forget_all(self, _: StorageChanged) -> None:
        self._contains.forget_all()
