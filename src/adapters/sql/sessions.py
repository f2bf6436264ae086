"""Sessions in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, case, delete, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.memory.due_notes import DueNotes
from adapters.sql.statements.going_on import goes_on
from adapters.sql.statements.inserts import insert_into
from adapters.sql.statements.staying import staying
from adapters.sql.tables import sessions
from application.ports.accounts.sessions import Sessions
from domain.accounts.sessions import Session
from domain.accounts.users import Login, UserId

MOST_OF_A_USER = 500


class SqlSessions(Sessions):
    """Drops what is past its end, and a user's least used beyond five hundred, with each new one.

    Those are not over for that: they are listed again when they are used again.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._notes = DueNotes()

    async def add(self, session: Session) -> None:
        surplus = (
            select(sessions.c.login_id)
            .where(sessions.c.user_id == session.user_id)
            .order_by(sessions.c.last_used_at.desc())
            .offset(MOST_OF_A_USER)
        )
        async with self._engine.begin() as connection:
            await self._keep(connection, session)
            await connection.execute(
                delete(sessions).where(
                    (sessions.c.ends_at <= session.begun_at) | sessions.c.login_id.in_(surplus)
                )
            )

    def is_due(self, login_id: str, *, at: datetime) -> bool:
        return self._notes.is_due(login_id, at=at)

    async def note_use(self, session: Session) -> None:
        async with self._engine.begin() as connection:
            await self._keep(connection, session)

    async def note_password(self, login_id: str, *, at: datetime) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(
                update(sessions).where(sessions.c.login_id == login_id).values(password_at=at)
            )

    async def with_id(self, login_id: str) -> Session | None:
        query = select(sessions).where(sessions.c.login_id == login_id)
        async with self._engine.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
        return None if row is None else _to_session(row)

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

    async def _keep(self, connection: AsyncConnection, session: Session) -> None:
        # Taken from the users' table, so that nothing is kept for somebody who just left, and
        # only while the login goes on: it may have ended since it was checked.
        values = _to_row(session)
        row = select(*(literal(value, sessions.c[name].type) for name, value in values.items()))
        login = Login(session.login_id, session.begun_at)
        fits = staying(row.where(goes_on(session.user_id, login)))
        kept = insert_into(connection, sessions).from_select(list(values), fits)
        before, now = sessions.c.last_used_at, kept.excluded.last_used_at
        latest = case((before > now, before), else_=now)
        await connection.execute(
            kept.on_conflict_do_update(index_elements=["login_id"], set_={"last_used_at": latest})
        )


def _to_row(session: Session) -> dict[str, Any]:
    return {
        "login_id": session.login_id,
        "user_id": session.user_id,
        "name": session.name,
        "address_prefix": session.address_prefix,
        "begun_at": session.begun_at,
        "last_used_at": session.last_used_at,
        "ends_at": session.ends_at,
        "password_at": session.password_at,
    }


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
