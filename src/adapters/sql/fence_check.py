"""Where a transaction of an account asks whether its writer still may."""

from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from application.ports.emporia.leases import Fence
from domain.emporia.links import AccountId


class FenceCheck(Protocol):
    """Looks in the transaction that writes."""

    async def __call__(
        self, connection: AsyncConnection, account: AccountId, fence: Fence | None, /
    ) -> None:
        """Raise LeaseLost where this fence is no longer the newest; None is nobody's, and may."""
        ...


async def no_fences(
    connection: AsyncConnection,
    account: AccountId,
    fence: Fence | None,
    /,
) -> None:
    """Alone on its storage, a node may do everything."""
