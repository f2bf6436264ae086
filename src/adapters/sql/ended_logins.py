"""Ended logins in SQL."""

from datetime import datetime

from sqlalchemy import delete, literal, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.statements.inserts import insert_into
from adapters.sql.statements.staying import unchanged
from adapters.sql.tables import UtcInstant, ended_logins, users
from application.ports.accounts.ended_logins import EndedLogins
from application.ports.clock import Clock
from domain.accounts.users import UserId


class SqlEndedLogins(EndedLogins):
    """Drops the logins whose time is over whenever another is added."""

    def __init__(self, engine: AsyncEngine, *, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def add(self, login_id: str, *, user_id: UserId, until: datetime) -> None:
        # Taken from the users' table, so that nothing is kept for somebody who just left.
        login = unchanged(
            select(literal(login_id), users.c.id, literal(until, UtcInstant)).where(
                users.c.id == user_id
            )
        )
        kept = insert_into(self._engine, ended_logins).from_select(
            ["login_id", "user_id", "until"], login
        )
        async with self._engine.begin() as connection:
            await connection.execute(
                kept.on_conflict_do_update(
                    index_elements=["login_id"], set_={"until": kept.excluded.until}
                )
            )
            await connection.execute(
                delete(ended_logins).where(ended_logins.c.until <= self._clock.now())
            )

    async def contains(self, login_id: str) -> bool:
        query = select(ended_logins.c.login_id).where(ended_logins.c.login_id == login_id)
        async with self._engine.connect() as connection:
            return await connection.scalar(query) is not None
