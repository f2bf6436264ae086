"""Chunks and hours in SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, and_, delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.sql.archive import tables
from adapters.sql.archive.rows import note_archive, replace
from adapters.sql.statements.inserts import insert_into
from application.ports.archive.chunk_store import ANY_VERSION, ChunkStore, SealedMonth, Version
from application.ports.emporia.leases import Fence
from domain.archive.held import Held
from domain.archive.hours import SCALE_OF, SOURCES
from domain.archive.sealed import SealedChunk
from domain.archive.series import Series, SeriesName
from domain.archive.spans import Span, month_at, span_at
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale


class SqlChunkStore(ChunkStore):
    """Remembers nothing: every answer is the database's."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def held(
        self, account: AccountId, *, names: Sequence[SeriesName] | None = None
    ) -> Sequence[Held]:
        of_series, of_chunk = tables.series.c, tables.chunks.c
        query = (
            select(
                of_series.gid,
                of_series.channel,
                of_chunk.scale,
                of_chunk.start_at,
                of_chunk.asked,
                of_chunk.known,
                of_chunk.runs,
                func.length(of_chunk.data).label("size"),
            )
            .join_from(tables.series, tables.chunks)
            .where(of_series.customer_gid == account)
            .order_by(of_series.gid, of_series.channel, of_chunk.scale, of_chunk.start_at)
        )
        if names is not None:
            wanted = [(name.gid, name.channel) for name in names]
            query = query.where(tuple_(of_series.gid, of_series.channel).in_(wanted))
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return [
            Held(
                name=SeriesName(row.gid, row.channel),
                span=span_at(SCALE_OF[row.scale], row.start_at),
                asked=row.asked,
                known=row.known,
                runs=row.runs,
                size=row.size + len(row.runs),
            )
            for row in rows
        ]

    async def chunks(
        self, series: Series, scale: Scale, start: int, end: int
    ) -> Sequence[SealedChunk]:
        of_chunk = tables.chunks.c
        query = (
            select(tables.chunks)
            .where(of_chunk.series_id == _id_of(series))
            .where(of_chunk.scale == SOURCES[scale])
            .where(of_chunk.start_at >= span_at(scale, start).start)
            .where(of_chunk.start_at < end)
            .order_by(of_chunk.start_at)
        )
        async with self._engine.connect() as connection:
            return [_sealed(row) for row in (await connection.execute(query)).all()]

    async def months(self, series: Series, start: int, end: int) -> Sequence[SealedMonth]:
        of_month = tables.months.c
        query = (
            select(of_month.start_at, of_month.data)
            .where(of_month.series_id == _id_of(series))
            .where(of_month.start_at >= month_at(start)[0])
            .where(of_month.start_at < end)
            .order_by(of_month.start_at)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return [SealedMonth(start=row.start_at, data=row.data) for row in rows]

    async def version(self, series: Series) -> Version | None:  # noqa: ARG002  # no other node can
        return None

    async def put(
        self,
        series: Series,
        chunks: Sequence[SealedChunk],
        months: Sequence[SealedMonth],
        *,
        since: Version | None = ANY_VERSION,
        fence: Fence | None = None,
    ) -> bool:
        async with self._engine.begin() as connection:
            series_id = await self._begin(connection, series, since, fence)
            if series_id is None:
                return False
            await replace(
                connection, tables.chunks, [_row_of(series_id, chunk) for chunk in chunks]
            )
            await replace(
                connection,
                tables.months,
                [
                    {"series_id": series_id, "start_at": month.start, "data": month.data}
                    for month in months
                ],
            )
        return True

    async def _begin(
        self,
        connection: AsyncConnection,
        series: Series,
        since: Version | None,  # noqa: ARG002
        fence: Fence | None,  # noqa: ARG002
    ) -> int | None:
        """The id of the series; None where another node has put anything since."""
        return await made_id(connection, series)

    async def drop(self, series: Series, span: Span) -> None:
        of_chunk = tables.chunks.c
        async with self._engine.begin() as connection:
            await connection.execute(
                delete(tables.chunks)
                .where(of_chunk.series_id == _id_of(series))
                .where(of_chunk.scale == SOURCES[span.scale])
                .where(of_chunk.start_at == span.start)
            )


def _id_of(series: Series) -> ScalarSelect[int]:
    return select(tables.series.c.id).where(is_series(series)).scalar_subquery()


def is_series(series: Series) -> ColumnElement[bool]:
    """That a row is this series'."""
    of_series = tables.series.c
    return and_(
        of_series.customer_gid == series.account,
        of_series.gid == series.name.gid,
        of_series.channel == series.name.channel,
    )


async def made_id(connection: AsyncConnection, series: Series) -> int:
    """The series' id, made where it is the first time.

    It stays the account's until the transaction ends: nothing is put to what is being erased.
    """
    known = (
        select(tables.series.c.id)
        .where(is_series(series))
        .with_for_update(read=True, key_share=True)
    )
    found: int | None = (await connection.execute(known)).scalar_one_or_none()
    if found is not None:
        return found
    await note_archive(connection, series.account)
    await connection.execute(
        insert_into(connection, tables.series)
        .values(customer_gid=series.account, gid=series.name.gid, channel=series.name.channel)
        .on_conflict_do_nothing()
    )
    made: int = (await connection.execute(known)).scalar_one()
    return made


def _row_of(series_id: int, chunk: SealedChunk) -> dict[str, Any]:
    return {
        "series_id": series_id,
        "scale": SOURCES[chunk.span.scale],
        "start_at": chunk.span.start,
        "asked": chunk.asked,
        "known": chunk.known,
        "total": chunk.total,
        "least": chunk.least,
        "greatest": chunk.greatest,
        "checksum": chunk.checksum,
        "runs": chunk.runs,
        "data": chunk.data,
    }


def _sealed(row: Row[Any]) -> SealedChunk:
    return SealedChunk(
        span=span_at(SCALE_OF[row.scale], row.start_at),
        asked=row.asked,
        known=row.known,
        total=row.total,
        least=row.least,
        greatest=row.greatest,
        runs=row.runs,
        data=row.data,
        checksum=row.checksum,
    )
