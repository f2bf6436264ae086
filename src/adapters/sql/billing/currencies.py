"""Currencies in SQL."""

from sqlalchemy import delete, exists, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.statements.staying import hold, staying
from adapters.sql.tables import currencies, users
from application.ports.billing.currencies import Currencies
from domain.accounts.users import UserId
from domain.billing.money import Currency
from domain.errors import UserNotFound


class SqlCurrencies(Currencies):
    """One row for each user who chose one."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def of_user(self, user_id: UserId) -> Currency | None:
        query = select(currencies.c.code).where(currencies.c.user_id == user_id)
        async with self._engine.connect() as connection:
            code = await connection.scalar(query)
        return None if code is None else Currency(code)

    async def choose(self, user_id: UserId, currency: Currency | None) -> None:
        is_user = exists().where(users.c.id == user_id)
        async with self._engine.begin() as connection:
            await hold(connection, user_id)
            await connection.execute(delete(currencies).where(currencies.c.user_id == user_id))
            if currency is None:
                if not await connection.scalar(select(is_user)):
                    raise UserNotFound
                return
            row = staying(select(users.c.id, literal(currency.code)).where(users.c.id == user_id))
            kept = await connection.execute(
                insert(currencies).from_select(["user_id", "code"], row)
            )
        if kept.rowcount != 1:
            raise UserNotFound
