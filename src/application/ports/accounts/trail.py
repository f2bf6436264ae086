"""Where is kept what happened to accounts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.accounts.trail import TrailLine
from domain.accounts.users import UserId


class Trail(Protocol):
    """Keeps a bounded number of lines a user, and erases them with their user."""

    async def add(self, lines: Sequence[TrailLine]) -> None:
        """Keep these; it may return before they are kept. Nothing is kept of a user who is gone.

        A line of a group that is kept already is counted there. No two lines of a user have the
        same `at`: a later one moves on by microseconds. Raises StorageUnavailable.
        """
        ...

    async def of_user(
        self, user_id: UserId, *, since: datetime, before: datetime | None, most: int
    ) -> Sequence[TrailLine]:
        """So many of a user's lines at most, from `since` until just `before`, the newest first."""
        ...

    async def newest(self, *, since: datetime, most: int) -> Sequence[TrailLine]:
        """So many of everybody's lines at most, from `since` on, the newest first."""
        ...

    async def forget(self, *, before: datetime) -> None:
        """Keep no line whose last time was before that (UTC)."""
        ...
