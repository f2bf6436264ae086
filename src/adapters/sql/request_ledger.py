"""Spent request budgets in SQLite."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.tables import emporia_links, request_slots
from application.ports.emporia.leases import Fence
from application.ports.emporia.request_ledger import RequestLedger
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.links import AccountId


class SqlRequestLedger(RequestLedger):
    """Keeps one row a minute in which an account was asked for."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:
        query = (
            select(request_slots.c.slot_start, request_slots.c.requests)
            .where(request_slots.c.customer_gid == account)
            .where(request_slots.c.slot_start >= since)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return [Slot(row.slot_start, row.requests) for row in rows]

    async def keep(
        self,
        account: AccountId,
        slot: Slot,
        *,
        forget_before: datetime,
        fence: Fence | None = None,  # noqa: ARG002  # alone on its storage
    ) -> None:
        row = {"customer_gid": account, "slot_start": slot.start, "requests": slot.requests}
        async with self._engine.begin() as connection:
            await connection.execute(
                insert(request_slots)
                .values(row)
                .on_conflict_do_update(
                    index_elements=["customer_gid", "slot_start"],
                    set_={"requests": func.max(request_slots.c.requests, slot.requests)},
                )
            )
            await connection.execute(
                delete(request_slots)
                .where(request_slots.c.customer_gid == account)
                .where(request_slots.c.slot_start < forget_before)
            )

    async def confirm(self, account: AccountId, fence: Fence) -> None:
        pass

    async def replace(self, account: AccountId, slots: Sequence[Slot]) -> None:
        rows = [
            {"customer_gid": account, "slot_start": slot.start, "requests": slot.requests}
            for slot in slots
        ]
        async with self._engine.begin() as connection:
            await connection.execute(
                delete(request_slots).where(request_slots.c.customer_gid == account)
            )
            if rows:
                await connection.execute(insert(request_slots), rows)

    async def forget_unlinked(self, before: datetime) -> bool:
        linked = select(emporia_links.c.customer_gid)
        async with self._engine.begin() as connection:
            erased = await connection.execute(
                delete(request_slots)
                .where(request_slots.c.slot_start < before)
                .where(request_slots.c.customer_gid.not_in(linked))
            )
        return erased.rowcount > 0
