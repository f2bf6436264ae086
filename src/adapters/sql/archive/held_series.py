"""Names of series in SQL."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.archive import tables
from application.ports.archive.held_series import HeldSeries
from domain.archive.series import SeriesName
from domain.emporia.links import AccountId


class SqlHeldSeries(HeldSeries):
    """Remembers nothing: every answer is the database's."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def names(self, account: AccountId) -> Sequence[SeriesName]:
        of_series = tables.series.c
        query = (
            select(of_series.gid, of_series.channel)
            .where(of_series.customer_gid == account)
            .where(exists().where(tables.chunks.c.series_id == of_series.id))
            .order_by(of_series.gid, of_series.channel)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return [SeriesName(row.gid, row.channel) for row in rows]
