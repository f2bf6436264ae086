"""Which logins were ended, remembered between requests."""

from datetime import datetime

from adapters.memory.remembered import Remembered
from application.ports.ended_logins import EndedLogins
from domain.accounts.users import UserId


class RememberingEndedLogins(EndedLogins):
    """Answers from memory whether a login was ended, unless one was ended through here since."""

    def __init__(self, kept: EndedLogins) -> None:
        self._kept = kept
        self._contains = Remembered(kept.contains)

    async def add(self, login_id: str, *, user_id: UserId, until: datetime) -> None:
        try:
            await self._kept.add(login_id, user_id=user_id, until=until)
        finally:
            self._contains.forget(login_id)

    async def contains(self, login_id: str) -> bool:
        return await self._contains(login_id)
