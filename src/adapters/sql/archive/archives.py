"""Archives in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.archive import tables
from adapters.sql.archive.rows import note_archive, replace
from adapters.sql.statements.inserts import insert_into
from adapters.sql.tables import UtcInstant
from application.ports.archive.archives import Archives
from domain.accounts.users import UserId
from domain.archive.recording.recorder import Recording, Seconds
from domain.emporia.links import AccountId

WIPED_AT_ONCE = 500
"""So many chunks take a few milliseconds of the write lock; a home's year in one step, seconds."""


class SqlArchives(Archives):
    """Remembers nothing: every answer is the database's."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def recording(self, account: AccountId) -> Recording:
        query = select(tables.archives).where(tables.archives.c.customer_gid == account)
        async with self._engine.connect() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return Recording()
        return Recording(minutes=row.minutes, seconds=Seconds(row.seconds))

    async def choose(self, account: AccountId, recording: Recording) -> None:
        await self._note(
            account, {"minutes": recording.minutes, "seconds": recording.seconds.value}
        )

    async def first_known(self, account: AccountId) -> Mapping[int, int]:
        device = tables.devices.c
        query = select(device.gid, device.first_known).where(device.customer_gid == account)
        async with self._engine.connect() as connection:
            return {row.gid: row.first_known for row in (await connection.execute(query)).all()}

    async def note_first_known(self, account: AccountId, gid: int, at: int) -> None:
        row = {"customer_gid": account, "gid": gid, "first_known": at}
        async with self._engine.begin() as connection:
            await note_archive(connection, account)
            await replace(connection, tables.devices, [row])

    async def accounts(self) -> Sequence[AccountId]:
        query = select(tables.archives.c.customer_gid).order_by(tables.archives.c.customer_gid)
        async with self._engine.connect() as connection:
            return [AccountId(gid) for gid in (await connection.scalars(query)).all()]

    async def note_linked(self, account: AccountId, user_id: UserId) -> None:
        await self._note(account, {"unlinked_at": None, "last_user": user_id})

    async def note_unlinked(
        self, account: AccountId, at: datetime, *, last_user: UserId | None
    ) -> None:
        archive = tables.archives.c
        noted = {
            # Without its type it would be kept as text, which is later than every number.
            "unlinked_at": func.coalesce(archive.unlinked_at, literal(at, UtcInstant)),
            "last_user": archive.last_user if last_user is None else last_user,
        }
        async with self._engine.begin() as connection:
            await connection.execute(
                update(tables.archives).where(archive.customer_gid == account).values(noted)
            )

    async def of_last_user(self, user_id: UserId) -> Sequence[AccountId]:
        archive = tables.archives.c
        query = select(archive.customer_gid).where(archive.last_user == user_id)
        async with self._engine.connect() as connection:
            return [AccountId(gid) for gid in (await connection.scalars(query)).all()]

    async def unlinked_before(self, before: datetime) -> Sequence[AccountId]:
        archive = tables.archives.c
        query = select(archive.customer_gid).where(archive.unlinked_at < before)
        async with self._engine.connect() as connection:
            return [AccountId(gid) for gid in (await connection.scalars(query)).all()]

    async def erase(self, account: AccountId) -> None:
        archive, of_series = tables.archives.c, tables.series.c
        async with self._engine.begin() as connection:
            await connection.execute(delete(tables.archives).where(archive.customer_gid == account))
            await connection.execute(
                delete(tables.devices).where(tables.devices.c.customer_gid == account)
            )
            await connection.execute(
                update(tables.series)
                .where(of_series.customer_gid == account)
                .values(customer_gid=None)
            )

    async def wipe(self) -> bool:
        of_series = tables.series.c
        erased = select(of_series.id).where(of_series.customer_gid.is_(None)).limit(1)
        async with self._engine.begin() as connection:
            series_id = (await connection.execute(erased)).scalar_one_or_none()
            if series_id is None:
                return False
            for table in (tables.chunks, tables.months):
                keys = tuple_(*table.primary_key.columns)
                mine = select(*table.primary_key.columns).where(table.c.series_id == series_id)
                some = (await connection.execute(mine.limit(WIPED_AT_ONCE))).all()
                if some:
                    await connection.execute(delete(table).where(keys.in_(map(tuple, some))))
                    return True
            await connection.execute(delete(tables.series).where(of_series.id == series_id))
            return True

    async def _note(self, account: AccountId, values: dict[str, Any]) -> None:
        noted = insert_into(self._engine, tables.archives).values(customer_gid=account, **values)
        async with self._engine.begin() as connection:
            await connection.execute(
                noted.on_conflict_do_update(index_elements=["customer_gid"], set_=values)
            )
