"""What makes a lease safe: the storage knows the newest fence, and takes no older one's writes."""

from collections.abc import Callable
from typing import Protocol

from application.ports.emporia.leases import Fence
from domain.emporia.links import AccountId

Loser = Callable[[AccountId, Fence], None]


class Fences(Protocol):
    """Keeps the newest fence of each account.

    Whatever is written under a fence is refused with LeaseLost, in the writing transaction, where
    the newest is another.
    """

    async def claim(self, account: AccountId, fence: Fence) -> bool:
        """Make this the newest fence; False, and nothing is changed, where it is no newer one.

        Raises StorageUnavailable.
        """
        ...

    def on_lost(self, loser: Loser) -> None:
        """Have this told of each write that was refused, so that nobody tries another."""
        ...
