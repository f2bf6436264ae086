"""Ended logins in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, literal, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.statements.gathered import Gathered, is_one_of
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
        self._ended = Gathered(self._ended_of)

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
        return await self._ended(login_id) is not None

    async def _ended_of(self, login_ids: Sequence[str]) -> Mapping[str, bool]:
        ended = ended_logins.c.login_id
        query = select(ended).where(is_one_of(ended, login_ids))
        async with self._engine.connect() as connection:
            return dict.fromkeys(await connection.scalars(query), True)
