"""Which node polls, records and counts for an account."""

from typing import NewType, Protocol

from domain.emporia.links import AccountId

Fence = NewType("Fence", int)
"""Grows with every change of the holder: what an earlier holder still writes bears a lower one."""


class Leases(Protocol):
    """One node at a time holds an account; alone on its storage, a node holds them all."""

    def fence(self, account: AccountId) -> Fence | None:
        """The fence of the lease that this node has; None where it has none. Costs nothing.

        A node that was paused may believe in a lease that is over: the storage refuses what bears
        its fence.
        """
        ...

    async def hold(self, account: AccountId) -> bool:
        """Hold the account from now on where no other node does; whether this node has it now.

        Whoever goes on needing it asks again within seconds; a lease that nobody asks for is let
        go. Never raises: where nobody can be asked, what was held stays held.
        """
        ...
