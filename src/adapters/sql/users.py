"""Accounts in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, case, delete, exists, insert, literal, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.dml import Insert

from adapters.sql.statements.gathered import Gathered, is_one_of
from adapters.sql.statements.going_on import goes_on
from adapters.sql.statements.inserts import is_postgresql, is_taken, lacks_owner
from adapters.sql.tables import users
from application.ports.accounts.users import UserRepository
from domain.accounts.errors import UnknownClient
from domain.accounts.tenants import TenantId
from domain.accounts.users import EmailAddress, Login, User, UserId
from domain.errors import EmailTaken


class SqlUserRepository(UserRepository):
    """Leaves it to the database that emails are unique and that all of a user's goes with them."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._with_id = Gathered(self._with_ids)

    async def add(self, user: User) -> None:
        await self._insert(insert(users).values(_to_row(user)))

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
        others = select(users.c.id).where(_is_of(user.tenant_id))
        first = insert(users).from_select(columns, row.where(~exists(others)))
        return await self._insert(first, alone=True) == 1

    async def is_empty(self, *, tenant_id: TenantId | None) -> bool:
        query = select(users.c.id).where(_is_of(tenant_id)).limit(1)
        async with self._engine.connect() as connection:
            return await connection.scalar(query) is None

    async def all(self) -> Sequence[User]:
        query = select(users).order_by(users.c.created_at, users.c.email_key)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [_to_user(row) for row in rows]

    async def with_id(self, user_id: UserId) -> User | None:
        return await self._with_id(user_id)

    async def with_email(self, email: EmailAddress, *, tenant_id: TenantId | None) -> User | None:
        query = select(users).where(_is_of(tenant_id) & (users.c.email_key == email.key))
        async with self._engine.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
        return None if row is None else _to_user(row)

    async def replace_password_hash(self, user_id: UserId, password_hash: str) -> None:
        await self._change(users.c.id == user_id, password_hash=password_hash)

    async def reset_password(
        self, user_id: UserId, password_hash: str, *, at: datetime, spared: Login | None
    ) -> bool:
        return await self._change(
            users.c.id == user_id if spared is None else goes_on(user_id, spared),
            password_hash=password_hash,
            updated_at=at,
            logins_since=_never_earlier(at),
            spared_login=None if spared is None else spared.id,
        )

    async def end_logins(self, user_id: UserId, *, before: datetime, spared: Login) -> bool:
        return await self._change(
            goes_on(user_id, spared), logins_since=_never_earlier(before), spared_login=spared.id
        )

    async def remove(self, user_id: UserId) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(delete(users).where(users.c.id == user_id))

    async def _insert(self, statement: Insert, *, alone: bool = False) -> int:
        """How many rows were added."""
        try:
            async with self._engine.begin() as connection:
                if alone and is_postgresql(connection):
                    await connection.execute(text("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE"))
                return (await connection.execute(statement)).rowcount
        except IntegrityError as error:
            if is_taken(error, users, "email_key"):
                raise EmailTaken from None
            if lacks_owner(error):
                raise UnknownClient from None
            raise

    async def _change(self, condition: ColumnElement[bool], **values: object) -> bool:
        async with self._engine.begin() as connection:
            result = await connection.execute(update(users).where(condition).values(values))
        return result.rowcount == 1

    async def _with_ids(self, user_ids: Sequence[UserId]) -> Mapping[UserId, User]:
        query = select(users).where(is_one_of(users.c.id, user_ids))
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return {user.id: user for user in map(_to_user, rows)}


def _is_of(tenant_id: TenantId | None) -> ColumnElement[bool]:
    return users.c.tenant_id == tenant_id


def _never_earlier(at: datetime) -> ColumnElement[datetime]:
    """Then, or when it was before: a clock that was set back brings no ended login back."""
    since = users.c.logins_since
    return case((since > at, since), else_=literal(at, since.type))


def _to_row(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email.value,
        "email_key": user.email.key,
        "password_hash": user.password_hash,
        "created_at": user.created_at,
        "updated_at": user.updated_at,
        "logins_since": user.logins_since,
        "spared_login": user.spared_login,
        "tenant_id": user.tenant_id,
    }


def _to_user(row: RowMapping) -> User:
    return User(
        id=UserId(row["id"]),
        email=EmailAddress(row["email"]),
        password_hash=row["password_hash"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        logins_since=row["logins_since"],
        spared_login=row["spared_login"],
        tenant_id=None if row["tenant_id"] is None else TenantId(row["tenant_id"]),
    )
