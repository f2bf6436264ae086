"""The newest fence of each account, claimed and compared where what it guards is written."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.postgresql.engine import PostgresEngine
from adapters.postgresql.tables import fences
from application.ports.emporia.fences import Fences, Loser
from application.ports.emporia.leases import Fence
from application.ports.nodes import NodeId
from domain.emporia.errors import LeaseLost
from domain.emporia.links import AccountId

CLAIM = """
INSERT INTO fences (customer_gid, fence, node) VALUES ($1, $2, $3)
ON CONFLICT (customer_gid) DO UPDATE SET fence = excluded.fence, node = excluded.node
WHERE fences.fence < excluded.fence
RETURNING fence
"""
"""Waits for the writes that are under way, which hold the row: they end before it is another's."""

LOOK = "SELECT true FROM fences WHERE customer_gid = $1 AND fence = $2"


class PostgresFences(Fences):
    """A row an account."""

    def __init__(self, engine: PostgresEngine, *, node_id: NodeId) -> None:
        self._engine = engine
        self._node_id = node_id
        self._losers: list[Loser] = []

    async def claim(self, account: AccountId, fence: Fence) -> bool:
        async with self._engine.bare_connection() as driver:
            return await driver.fetchval(CLAIM, account, fence, self._node_id) is not None

    def on_lost(self, loser: Loser) -> None:
        self._losers.append(loser)

    async def check(
        self, connection: AsyncConnection, account: AccountId, fence: Fence | None, /
    ) -> None:
        """See FenceCheck: nobody claims the account before this transaction ends."""
        if not fence:
            return
        newest = await connection.scalar(
            select(fences.c.fence)
            .where(fences.c.customer_gid == account)
            .with_for_update(read=True)
        )
        if newest != fence:
            raise self.refused(account, fence)

    async def confirm(self, account: AccountId, fence: Fence) -> None:
        """The same without writing anything."""
        async with self._engine.bare_connection() as driver:
            is_newest = await driver.fetchval(LOOK, account, fence)
        if not is_newest:
            raise self.refused(account, fence)

    def refused(self, account: AccountId, fence: Fence) -> LeaseLost:
        """What to raise for a write that was refused, once everybody knows of it."""
        for loser in self._losers:
            loser(account, fence)
        return LeaseLost()
