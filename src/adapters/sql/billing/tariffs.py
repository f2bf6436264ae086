"""Tariffs in SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, delete, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.billing.tariff_documents import decoded, encoded
from adapters.sql.statements.staying import hold
from adapters.sql.tables import tariffs, users
from application.ports.billing.tariffs import Tariffs
from domain.accounts.users import UserId
from domain.billing.errors import TooManyTariffs
from domain.billing.tariffs.kept import KeptTariff, TariffId
from domain.errors import UserNotFound


class SqlTariffs(Tariffs):
    """One row a tariff, its rules in a document."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, kept: KeptTariff, *, most_of_user: int) -> None:
        # One statement, so that nobody can come between the count and the row.
        values = _to_row(kept)
        row = select(*(literal(value, tariffs.c[name].type) for name, value in values.items()))
        is_user = exists().where(users.c.id == kept.user_id)
        count = (
            select(func.count())
            .select_from(tariffs)
            .where(tariffs.c.user_id == kept.user_id)
            .scalar_subquery()
        )
        fits = insert(tariffs).from_select(list(values), row.where(is_user, count < most_of_user))
        async with self._engine.begin() as connection:
            await hold(connection, kept.user_id)
            result = await connection.execute(fits)
            if result.rowcount == 1:
                return
            if await connection.scalar(select(is_user)):
                raise TooManyTariffs
        raise UserNotFound

    async def of_user(self, user_id: UserId) -> Sequence[KeptTariff]:
        query = (
            select(tariffs)
            .where(tariffs.c.user_id == user_id)
            .order_by(tariffs.c.created_at, tariffs.c.id)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [_to_kept(row) for row in rows]

    async def replace(self, kept: KeptTariff) -> bool:
        values = _to_row(kept)
        del values["created_at"]
        async with self._engine.begin() as connection:
            result = await connection.execute(
                update(tariffs)
                .where(tariffs.c.user_id == kept.user_id, tariffs.c.id == kept.id)
                .values(values)
            )
        return result.rowcount == 1

    async def remove(self, user_id: UserId, tariff_id: TariffId) -> bool:
        async with self._engine.begin() as connection:
            result = await connection.execute(
                delete(tariffs).where(tariffs.c.user_id == user_id, tariffs.c.id == tariff_id)
            )
        return result.rowcount == 1


def _to_row(kept: KeptTariff) -> dict[str, Any]:
    return {
        "id": kept.id,
        "user_id": kept.user_id,
        "document": encoded(kept.tariff, kept.panels),
        "created_at": kept.created_at,
        "updated_at": kept.updated_at,
    }


def _to_kept(row: RowMapping) -> KeptTariff:
    tariff, panels = decoded(row["document"])
    return KeptTariff(
        id=TariffId(row["id"]),
        user_id=UserId(row["user_id"]),
        tariff=tariff,
        panels=panels,
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
