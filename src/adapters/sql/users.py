"""Accounts in SQLite."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, exists, insert, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql import ColumnElement

from adapters.sql.tables import users
from application.ports.users import UserRepository
from domain.accounts.users import EmailAddress, User, UserId
from domain.errors import EmailTaken


class SqlUserRepository(UserRepository):
    """Leaves it to the database that emails are unique and that all of a user's goes with them."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, user: User) -> None:
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(users).values(_to_row(user)))
        except IntegrityError as error:
            if "users.email_key" in str(error.orig):
                raise EmailTaken from None
            raise

    async def add_first(self, user: User) -> bool:
        # One statement, so that nobody can come between the look and the row.
        values = _to_row(user)
        columns = [users.c[name] for name in values]
        row = select(
            *(
                literal(value, column.type)
                for value, column in zip(values.values(), columns, strict=True)
            )
        )
        only = insert(users).from_select(columns, row.where(~exists(select(users.c.id))))
        async with self._engine.begin() as connection:
            result = await connection.execute(only)
        return result.rowcount == 1

    async def is_empty(self) -> bool:
        async with self._engine.connect() as connection:
            return await connection.scalar(select(users.c.id).limit(1)) is None

    async def all(self) -> Sequence[User]:
        query = select(users).order_by(users.c.created_at, users.c.email_key)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [_to_user(row) for row in rows]

    async def with_id(self, user_id: UserId) -> User | None:
        return await self._first_where(users.c.id == user_id)

    async def with_email(self, email: EmailAddress) -> User | None:
        return await self._first_where(users.c.email_key == email.key)

    async def replace_password_hash(self, user_id: UserId, password_hash: str) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(
                update(users).where(users.c.id == user_id).values(password_hash=password_hash)
            )

    async def reset_password(self, user_id: UserId, password_hash: str, *, at: datetime) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(
                update(users)
                .where(users.c.id == user_id)
                .values(password_hash=password_hash, updated_at=at, logins_since=at)
            )

    async def remove(self, user_id: UserId) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(delete(users).where(users.c.id == user_id))

    async def _first_where(self, condition: ColumnElement[bool]) -> User | None:
        async with self._engine.connect() as connection:
            row = (await connection.execute(select(users).where(condition))).mappings().first()
        return None if row is None else _to_user(row)


def _to_row(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email.value,
        "email_key": user.email.key,
        "password_hash": user.password_hash,
        "created_at": user.created_at,
        "updated_at": user.updated_at,
        "logins_since": user.logins_since,
    }


def _to_user(row: RowMapping) -> User:
    return User(
        id=UserId(row["id"]),
        email=EmailAddress(row["email"]),
        password_hash=row["password_hash"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        logins_since=row["logins_since"],
    )
