"""Which logins were ended before their tokens expired."""

from datetime import datetime
from typing import Protocol

from domain.accounts.users import UserId


class EndedLogins(Protocol):
    """Remembers logins that were ended, for as long as a token of theirs could live."""

    async def add(self, login_id: str, *, user_id: UserId, until: datetime) -> None:
        """Remember the login until then (UTC); those whose time is over may be forgotten."""
        ...

    async def contains(self, login_id: str) -> bool:
        """Whether the login was ended."""
        ...
