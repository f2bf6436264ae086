"""Sessions in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, case, delete, select, update
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.memory.due_notes import DueNotes
from adapters.sql.statements.gathered import Gathered, is_one_of, named, named_later
from adapters.sql.statements.going_on import login_goes_on
from adapters.sql.statements.inserts import insert_into
from adapters.sql.statements.staying import staying
from adapters.sql.tables import sessions
from application.ports.accounts.sessions import Sessions
from domain.accounts.sessions import Session
from domain.accounts.users import UserId

MOST_OF_A_USER = 500


class SqlSessions(Sessions):
    """Drops what is past its end, and a user's least used beyond five hundred, with each new one.

    Those are not over for that: they are listed again when they are used again.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._notes = DueNotes()
        self._with_id = Gathered(self._with_ids)
        self._note_use = Gathered(self._note_uses)

    async def add(self, session: Session) -> None:
        surplus = (
            select(sessions.c.login_id)
            .where(sessions.c.user_id == session.user_id)
            .order_by(sessions.c.last_used_at.desc())
            .offset(MOST_OF_A_USER)
        )
        async with self._engine.begin() as connection:
            await connection.execute(_keeping(self._engine), [_to_values(session)])
            await connection.execute(
                delete(sessions).where(
                    (sessions.c.ends_at <= session.begun_at) | sessions.c.login_id.in_(surplus)
                )
            )

    def is_due(self, login_id: str, *, at: datetime) -> bool:
        return self._notes.is_due(login_id, at=at)

    async def note_use(self, session: Session) -> None:
        await self._note_use(session)

    async def note_password(self, login_id: str, *, at: datetime) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(
                update(sessions).where(sessions.c.login_id == login_id).values(password_at=at)
            )

    async def with_id(self, login_id: str) -> Session | None:
        return await self._with_id(login_id)

    async def of_user(self, user_id: UserId, *, at: datetime) -> Sequence[Session]:
        query = (
            select(sessions)
            .where(sessions.c.user_id == user_id, sessions.c.ends_at > at)
            .order_by(sessions.c.last_used_at.desc())
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [_to_session(row) for row in rows]

    async def forget(self, login_id: str) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(delete(sessions).where(sessions.c.login_id == login_id))

    async def forget_others(self, user_id: UserId, *, kept: str) -> int:
        others = (sessions.c.user_id == user_id) & (sessions.c.login_id != kept)
        async with self._engine.begin() as connection:
            result = await connection.execute(delete(sessions).where(others))
        return result.rowcount

    async def _with_ids(self, login_ids: Sequence[str]) -> Mapping[str, Session]:
        query = select(sessions).where(is_one_of(sessions.c.login_id, login_ids))
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return {session.login_id: session for session in map(_to_session, rows)}

    async def _note_uses(self, used: Sequence[Session]) -> Mapping[Session, None]:
        # In the same order on each node: nobody waits for whoever waits for them.
        in_order = sorted(used, key=lambda session: session.login_id)
        async with self._engine.begin() as connection:
            await connection.execute(_keeping(self._engine), [*map(_to_values, in_order)])
        return {}


def _keeping(database: AsyncEngine) -> Insert:
    # Taken from the users' table, so that nothing is kept for somebody who just left, and
    # only while the login goes on: it may have ended since it was checked.
    values = named_later(sessions)
    goes_on = login_goes_on(values["user_id"], values["login_id"], values["begun_at"])
    fits = staying(select(*values.values()).where(goes_on))
    kept = insert_into(database, sessions).from_select(list(values), fits)
    before, now = sessions.c.last_used_at, kept.excluded.last_used_at
    latest = case((before > now, before), else_=now)
    return kept.on_conflict_do_update(index_elements=["login_id"], set_={"last_used_at": latest})


def _to_values(session: Session) -> dict[str, Any]:
    return named({column.name: getattr(session, column.name) for column in sessions.c})


def _to_session(row: RowMapping) -> Session:
    return Session(
        login_id=row["login_id"],
        user_id=UserId(row["user_id"]),
        name=row["name"],
        address_prefix=row["address_prefix"],
        begun_at=row["begun_at"],
        last_used_at=row["last_used_at"],
        ends_at=row["ends_at"],
        password_at=row["password_at"],
    )
