"""What of each account's request budget this node has spent, across restarts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from application.ports.emporia.leases import Fence
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.links import AccountId


class RequestLedger(Protocol):
    """Keeps how many requests were made in each minute."""

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:
        """The minutes that began at `since` (UTC) or later, in any order."""
        ...

    async def keep(
        self,
        account: AccountId,
        slot: Slot,
        *,
        forget_before: datetime,
        fence: Fence | None = None,
    ) -> None:
        """Keep the count of this minute, unless a higher one is kept: callers may overtake.

        When it returns, it outlives the process, and a second or so later a power cut too. The
        account's minutes before `forget_before` (UTC) are dropped. Raises StorageBusy within
        seconds where it can't be kept, LeaseLost where `fence` is no longer the newest.
        """
        ...

    async def confirm(self, account: AccountId, fence: Fence) -> None:
        """Keep nothing, but raise LeaseLost where this fence is no longer the newest."""
        ...

    async def replace(self, account: AccountId, slots: Sequence[Slot]) -> None:
        """Keep these minutes of the account and no others; durable and raises as above."""
        ...

    async def forget_unlinked(self, before: datetime) -> bool:
        """Erase the minutes before this one (UTC) of accounts that nobody is linked to.

        Whether there were any. Raises StorageBusy as above.
        """
        ...
