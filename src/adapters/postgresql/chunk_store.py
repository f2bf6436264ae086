"""Chunks in PostgreSQL, where other nodes put theirs too."""

from sqlalchemy import BigInteger, ColumnElement, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.postgresql.engine import PostgresEngine
from adapters.sql.archive import tables
from adapters.sql.archive.chunk_store import SqlChunkStore, is_series, made_id
from adapters.sql.archive.rows import note_archive
from adapters.sql.fence_check import FenceCheck, no_fences
from application.ports.archive.chunk_store import ANY_VERSION, Version
from application.ports.emporia.leases import Fence
from domain.archive.series import Series

last_writer: ColumnElement[int] = literal_column("series.xmin::text::bigint", BigInteger)
"""The transaction that wrote the row of a series last: each put writes it, so that it changes."""


class PostgresChunkStore(SqlChunkStore):
    """Refuses what was joined with chunks that are no longer there."""

    def __init__(self, engine: PostgresEngine, *, check_fence: FenceCheck = no_fences) -> None:
        super().__init__(engine)
        self._check_fence = check_fence

    async def version(self, series: Series) -> Version | None:
        query = select(last_writer).select_from(tables.series).where(is_series(series))
        async with self._engine.connect() as connection:
            found = await connection.scalar(query)
        return None if found is None else Version(found)

    async def _begin(
        self,
        connection: AsyncConnection,
        series: Series,
        since: Version | None,
        fence: Fence | None,
    ) -> int | None:
        await self._check_fence(connection, series.account, fence)
        if since == ANY_VERSION:
            return await made_id(connection, series)
        if since is None:
            return await self._first_id(connection, series)
        mark = update(tables.series).where(is_series(series)).where(last_writer == since)
        marked = mark.values(gid=tables.series.c.gid).returning(tables.series.c.id)
        marked_id: int | None = await connection.scalar(marked)
        return marked_id

    async def _first_id(self, connection: AsyncConnection, series: Series) -> int | None:
        await note_archive(connection, series.account)
        name = series.name
        made: int | None = await connection.scalar(
            insert(tables.series)
            .values(customer_gid=series.account, gid=name.gid, channel=name.channel)
            .on_conflict_do_nothing()
            .returning(tables.series.c.id)
        )
        return made
