"""The utility's readings in SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.tables import utility_months
from application.ports.billing.utility_readings import HomeMeter, KeptUtilityReadings
from domain.billing.utility.months import UtilityMonth
from domain.emporia.links import AccountId


class SqlUtilityReadings(KeptUtilityReadings):
    """One row a home and month."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def months(self, meter: HomeMeter, start: int, end: int) -> Sequence[UtilityMonth]:
        columns = utility_months.c
        query = (
            select(columns.month_start, columns.data)
            .where(_of(meter), columns.month_start >= start, columns.month_start < end)
            .order_by(columns.month_start)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return [UtilityMonth(month_start, data) for month_start, data in rows]

    async def starts(self, meter: HomeMeter) -> Sequence[int]:
        query = (
            select(utility_months.c.month_start)
            .where(_of(meter))
            .order_by(utility_months.c.month_start)
        )
        async with self._engine.connect() as connection:
            return (await connection.execute(query)).scalars().all()

    async def put(self, meter: HomeMeter, months: Sequence[UtilityMonth], *, at: datetime) -> None:
        starts = [month.start for month in months]
        rows = [
            {
                "customer_gid": meter.account,
                "home_gid": meter.home,
                "month_start": month.start,
                "data": month.data,
                "received_at": at,
            }
            for month in months
        ]
        async with self._engine.begin() as connection:
            await connection.execute(
                delete(utility_months).where(_of(meter), utility_months.c.month_start.in_(starts))
            )
            await connection.execute(insert(utility_months), rows)

    async def changed_at(self, meter: HomeMeter) -> datetime | None:
        query = select(func.max(utility_months.c.received_at)).where(_of(meter))
        async with self._engine.connect() as connection:
            found: datetime | None = await connection.scalar(query)
        return found

    async def remove(self, meter: HomeMeter) -> bool:
        async with self._engine.begin() as connection:
            result = await connection.execute(delete(utility_months).where(_of(meter)))
        return result.rowcount > 0

    async def accounts(self) -> Sequence[AccountId]:
        query = select(utility_months.c.customer_gid).distinct().order_by("customer_gid")
        async with self._engine.connect() as connection:
            return [AccountId(gid) for gid in (await connection.execute(query)).scalars()]

    async def erase(self, account: AccountId) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(
                delete(utility_months).where(utility_months.c.customer_gid == account)
            )


def _of(meter: HomeMeter) -> ColumnElement[bool]:
    return and_(
        utility_months.c.customer_gid == meter.account, utility_months.c.home_gid == meter.home
    )
