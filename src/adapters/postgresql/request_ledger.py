"""Spent budgets in PostgreSQL: counted by each node for itself, and written together."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from adapters.postgresql.engine import PostgresEngine
from adapters.postgresql.fences import PostgresFences
from adapters.postgresql.tables import fences, request_slots
from adapters.sql.statements.gathered import Gathered
from adapters.sql.tables import EPOCH, MICROSECOND, emporia_links, microseconds
from application.ports.emporia.leases import Fence
from application.ports.emporia.request_ledger import RequestLedger
from application.ports.nodes import NodeId
from domain.emporia.cloud.budget_shares import WINDOW
from domain.emporia.cloud.request_budget import SLOT, Slot
from domain.emporia.links import AccountId

COUNT = """
WITH asked AS (
    SELECT * FROM unnest($2::bigint[], $3::bigint[], $4::integer[], $5::bigint[])
    AS asked (customer_gid, slot_start, requests, fence)
), mine AS (
    SELECT fences.customer_gid FROM fences JOIN asked USING (customer_gid)
    WHERE fences.fence = asked.fence FOR SHARE OF fences
)
INSERT INTO request_slots (customer_gid, slot_start, node, requests)
SELECT customer_gid, slot_start, $1, requests FROM asked
WHERE fence IS NULL OR customer_gid IN (SELECT customer_gid FROM mine)
ORDER BY customer_gid, slot_start
ON CONFLICT (customer_gid, slot_start, node)
DO UPDATE SET requests = greatest(request_slots.requests, excluded.requests)
RETURNING customer_gid
"""
"""One statement and so one transaction: whose fence is another's by now is left out."""

FORGET = """
DELETE FROM request_slots USING unnest($1::bigint[], $2::bigint[]) AS old (customer_gid, before)
WHERE request_slots.customer_gid = old.customer_gid
AND slot_start < CASE WHEN node = $3 THEN before ELSE before - $4 END
"""
"""What other nodes counted is theirs to forget, until it is out of everybody's day."""

READ = """
SELECT customer_gid, since, slot_start, requests
FROM request_slots JOIN unnest($1::bigint[], $2::bigint[]) AS asked (customer_gid, since)
USING (customer_gid)
WHERE slot_start >= since AND node = $3
"""

AccountSince = tuple[AccountId, datetime]

OUT_OF_THE_DAY = (WINDOW + 2 * SLOT) // timedelta(microseconds=1)


@dataclass(slots=True)
class _Batch:
    """Counts of one commit by account and minute, and the accounts that it kept."""

    kept: "asyncio.Future[frozenset[int] | Exception]"
    requests: dict[tuple[AccountId, int], int] = field(default_factory=dict)
    fences: dict[AccountId, Fence | None] = field(default_factory=dict)
    forget_before: dict[int, int] = field(default_factory=dict)


class PostgresRequestLedger(RequestLedger):
    """Counts that come while others are written share the next commit.

    A node's rows hold what it asked itself; what others did is told by PostgresRequestsOfOthers.
    """

    def __init__(
        self,
        engine: PostgresEngine,
        *,
        node: str,
        fences: PostgresFences | None = None,
    ) -> None:
        self._engine = engine
        self._node = node
        self._fences = fences or PostgresFences(engine, node_id=NodeId(node))
        self._slots = Gathered(self._read)
        self._forgotten: dict[AccountId, datetime] = {}
        self._next: _Batch | None = None
        self._writing: asyncio.Task[None] | None = None

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:
        return await self._slots((account, since)) or []

    async def keep(
        self,
        account: AccountId,
        slot: Slot,
        *,
        forget_before: datetime,
        fence: Fence | None = None,
    ) -> None:
        batch = self._batch()
        key = account, microseconds(slot.start)
        batch.requests[key] = max(slot.requests, batch.requests.get(key, 0))
        batch.fences[account] = fence or batch.fences.get(account)
        if self._forgotten.get(account) != forget_before:
            batch.forget_before[account] = microseconds(forget_before)
        kept = await asyncio.shield(batch.kept)
        if isinstance(kept, Exception):
            raise kept
        if account not in kept:
            raise self._fences.refused(account, batch.fences[account] or Fence(0))
        self._forgotten[account] = forget_before

    async def confirm(self, account: AccountId, fence: Fence) -> None:
        await self._fences.confirm(account, fence)

    async def replace(self, account: AccountId, slots: Sequence[Slot]) -> None:
        rows = [
            {
                "customer_gid": account,
                "slot_start": slot.start,
                "node": self._node,
                "requests": slot.requests,
            }
            for slot in slots
        ]
        async with self._engine.begin() as connection:
            await connection.execute(
                delete(request_slots)
                .where(request_slots.c.customer_gid == account)
                .where(request_slots.c.node == self._node)
            )
            if rows:
                await connection.execute(insert(request_slots), rows)

    async def forget_unlinked(self, before: datetime) -> bool:
        linked = select(emporia_links.c.customer_gid)
        async with self._engine.begin() as connection:
            # Whoever still writes under one of these is told that it is not the newest.
            await connection.execute(delete(fences).where(fences.c.customer_gid.not_in(linked)))
            erased = await connection.execute(
                delete(request_slots)
                .where(request_slots.c.slot_start < before)
                .where(request_slots.c.customer_gid.not_in(linked))
            )
        return erased.rowcount > 0

    async def close(self) -> None:
        """Write what is not yet."""
        if self._writing is not None:
            await self._writing

    async def _read(self, wanted: Sequence[AccountSince]) -> Mapping[AccountSince, Sequence[Slot]]:
        return await slots_read_by(READ, wanted, self._engine, node=self._node)

    def _batch(self) -> _Batch:
        """The counts of the next commit."""
        if self._next is None:
            self._next = _Batch(asyncio.get_running_loop().create_future())
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_in_turn(), name="counts to PostgreSQL")
        return self._next

    async def _write_in_turn(self) -> None:
        """One commit at a time, until nobody waits for another."""
        while self._next is not None:
            batch, self._next = self._next, None
            try:
                batch.kept.set_result(await self._write(batch))
            except Exception as failure:  # noqa: BLE001  # it is raised to those who wait
                batch.kept.set_result(failure)

    async def _write(self, batch: _Batch) -> frozenset[int]:
        """By the driver alone, for there is a count with every request to Emporia."""
        accounts, minutes = zip(*batch.requests, strict=True)
        under = [batch.fences[account] for account in accounts]
        async with self._engine.bare_connection() as driver:
            kept = await driver.fetch(
                COUNT, self._node, accounts, minutes, list(batch.requests.values()), under
            )
            if batch.forget_before:
                await driver.execute(
                    FORGET, *_columns(batch.forget_before), self._node, OUT_OF_THE_DAY
                )
        return frozenset(row["customer_gid"] for row in kept)


async def slots_read_by(
    statement: str, wanted: Sequence[AccountSince], engine: PostgresEngine, *, node: str
) -> Mapping[AccountSince, Sequence[Slot]]:
    """The minutes that it tells of these accounts; by the driver alone, for it is asked often."""
    accounts = [account for account, _ in wanted]
    moments = [microseconds(since) for _, since in wanted]
    async with engine.bare_connection() as driver:
        rows = await driver.fetch(statement, accounts, moments, node)
    slots: defaultdict[AccountSince, list[Slot]] = defaultdict(list)
    for account, since, start, requests in rows:
        slots[account, _instant(since)].append(Slot(_instant(start), requests))
    return slots


def _instant(told: int) -> datetime:
    return EPOCH + told * MICROSECOND


def _columns(before: dict[int, int]) -> tuple[Any, Any]:
    return list(before), list(before.values())
