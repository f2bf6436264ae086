"""API keys in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import RowMapping, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql import ColumnElement

from adapters.memory.due_notes import DueNotes
from adapters.sql.statements.going_on import goes_on
from adapters.sql.statements.staying import hold
from adapters.sql.tables import api_keys, users
from application.ports.accounts.api_keys import ApiKeys
from domain.accounts.errors import TooManyKeys
from domain.accounts.keys import ApiKey, KeyId, KeyLimits, KeyScope
from domain.accounts.users import Login, UserId
from domain.errors import AccessTokenInvalid


class _Limits(msgspec.Struct):
    devices: list[int]
    channels: list[tuple[int, str]]


class SqlApiKeys(ApiKeys):
    """A revoked key is a row that is gone."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._notes = DueNotes()

    async def add(self, key: ApiKey, secret_hash: bytes, *, by: Login, most_of_user: int) -> None:
        # One statement, so that nobody can come between the count and the row.
        values = {"secret_hash": secret_hash, **_to_row(key)}
        row = select(*(literal(value, api_keys.c[name].type) for name, value in values.items()))
        count = (
            select(func.count())
            .select_from(api_keys)
            .where(api_keys.c.user_id == key.user_id)
            .scalar_subquery()
        )
        fits = insert(api_keys).from_select(
            list(values), row.where(goes_on(key.user_id, by), count < most_of_user)
        )
        async with self._engine.begin() as connection:
            await hold(connection, key.user_id)
            result = await connection.execute(fits)
            if result.rowcount == 1:
                return
            if await connection.scalar(select(users.c.id).where(goes_on(key.user_id, by))):
                raise TooManyKeys
        raise AccessTokenInvalid

    async def with_hash(self, secret_hash: bytes) -> ApiKey | None:
        return await self._first_where(api_keys.c.secret_hash == secret_hash)

    async def with_id(self, key_id: KeyId) -> ApiKey | None:
        return await self._first_where(api_keys.c.id == key_id)

    async def of_user(self, user_id: UserId) -> Sequence[ApiKey]:
        query = (
            select(api_keys)
            .where(api_keys.c.user_id == user_id)
            .order_by(api_keys.c.created_at.desc(), api_keys.c.id)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [_to_key(row) for row in rows]

    async def remove(self, user_id: UserId, key_id: KeyId) -> bool:
        async with self._engine.begin() as connection:
            result = await connection.execute(
                delete(api_keys).where(api_keys.c.user_id == user_id, api_keys.c.id == key_id)
            )
        return result.rowcount == 1

    def is_due(self, key_id: KeyId, *, at: datetime) -> bool:
        return self._notes.is_due(str(key_id), at=at)

    async def note_use(self, key_id: KeyId, *, at: datetime) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(
                update(api_keys).where(api_keys.c.id == key_id).values(last_used_at=at)
            )

    async def _first_where(self, condition: ColumnElement[bool]) -> ApiKey | None:
        async with self._engine.connect() as connection:
            row = (await connection.execute(select(api_keys).where(condition))).mappings().first()
        return None if row is None else _to_key(row)


def _to_row(key: ApiKey) -> dict[str, Any]:
    return {
        "id": key.id,
        "user_id": key.user_id,
        "name": key.name,
        "prefix": key.prefix,
        "scopes": " ".join(sorted(key.scopes)),
        "limits": None if key.limits is None else _to_json(key.limits),
        "created_at": key.created_at,
        "expires_at": key.expires_at,
        "last_used_at": key.last_used_at,
    }


def _to_json(limits: KeyLimits) -> bytes:
    return msgspec.json.encode(_Limits(sorted(limits.devices), sorted(limits.channels)))


def _to_key(row: RowMapping) -> ApiKey:
    limits = None
    if row["limits"] is not None:
        told = msgspec.json.decode(row["limits"], type=_Limits)
        limits = KeyLimits(devices=frozenset(told.devices), channels=frozenset(told.channels))
    return ApiKey(
        id=KeyId(row["id"]),
        user_id=UserId(row["user_id"]),
        name=row["name"],
        prefix=row["prefix"],
        scopes=frozenset(KeyScope(scope) for scope in row["scopes"].split()),
        limits=limits,
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        last_used_at=row["last_used_at"],
    )
