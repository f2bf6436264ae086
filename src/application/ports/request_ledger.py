"""What of each account's request budget is spent, across restarts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.emporia.links import AccountId
from domain.emporia.request_budget import Slot


class RequestLedger(Protocol):
    """Keeps how many requests were made in each minute."""

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:
        """The minutes that began at `since` (UTC) or later, in any order."""
        ...

    async def keep(self, account: AccountId, slot: Slot, *, forget_before: datetime) -> None:
        """Keep the count of this minute in place of what was kept for it.

        Durable when it returns. The account's minutes before `forget_before` (UTC) are dropped.
        """
        ...
