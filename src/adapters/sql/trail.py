"""The trail in SQL."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    RowMapping,
    case,
    delete,
    func,
    literal,
    select,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql import ColumnElement

from adapters.sql.statements.inserts import insert_into
from adapters.sql.statements.staying import staying
from adapters.sql.tables import EPOCH, MICROSECOND, UtcInstant, trail, users
from application.ports.accounts.trail import Trail
from domain.accounts.trail import MOST_OF_A_USER, TrailLine
from domain.accounts.users import UserId

CROWDED_MICROSECONDS = 1000
"""How far a line looks for others of the same instant, to come after them."""


class SqlTrail(Trail):
    """Drops what a user has beyond the bound with each new line of theirs."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, lines: Sequence[TrailLine]) -> None:
        async with self._engine.begin() as connection:
            for line in lines:
                if not await self._counted(connection, line):
                    await self._insert(connection, line)
            for user_id in {line.user_id for line in lines}:
                await self._drop_surplus(connection, user_id)

    async def of_user(
        self, user_id: UserId, *, since: datetime, before: datetime | None, most: int
    ) -> Sequence[TrailLine]:
        wanted = [trail.c.user_id == user_id]
        if before is not None:
            wanted.append(trail.c.at < before)
        return await self._newest(since, most, *wanted)

    async def newest(self, *, since: datetime, most: int) -> Sequence[TrailLine]:
        return await self._newest(since, most)

    async def forget(self, *, before: datetime) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(delete(trail).where(trail.c.until < before))

    async def _newest(
        self, since: datetime, most: int, *wanted: ColumnElement[bool]
    ) -> Sequence[TrailLine]:
        query = (
            select(trail)
            .where(trail.c.until >= since, *wanted)
            .order_by(trail.c.at.desc(), trail.c.id.desc())
            .limit(most)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [_to_line(row) for row in rows]

    async def _counted(self, connection: AsyncConnection, line: TrailLine) -> bool:
        """Whether there was a line of the same group, which now counts this one too."""
        if line.group is None:
            return False
        last_at = literal(line.last_at, UtcInstant)
        result = await connection.execute(
            update(trail)
            .where(trail.c.user_id == line.user_id, trail.c.group_key == line.group)
            .values(
                times=trail.c.times + line.times,
                until=case((trail.c.until > last_at, trail.c.until), else_=last_at),
            )
        )
        return result.rowcount > 0

    async def _insert(self, connection: AsyncConnection, line: TrailLine) -> None:
        values = _to_row(line)
        columns: dict[str, ColumnElement[Any]] = {
            name: literal(value, trail.c[name].type) for name, value in values.items()
        }
        columns["at"] = _free_instant(line)
        row = select(*columns.values())
        if line.user_id is not None:
            # Taken from the users' table, so that nothing is kept for somebody who just left.
            row = staying(row.where(users.c.id == line.user_id))
        added = insert_into(connection, trail).from_select(list(columns), row)
        # Another node may have begun the same group since it was looked for.
        both = {"times": trail.c.times + added.excluded.times, "until": added.excluded.until}
        await connection.execute(
            added.on_conflict_do_update(index_elements=["user_id", "group_key"], set_=both)
        )

    async def _drop_surplus(self, connection: AsyncConnection, user_id: UserId | None) -> None:
        surplus = (
            select(trail.c.id)
            .where(trail.c.user_id == user_id)
            .order_by(trail.c.group_key.is_not(None), trail.c.at.desc(), trail.c.id.desc())
            .offset(MOST_OF_A_USER)
        )
        await connection.execute(delete(trail).where(trail.c.id.in_(surplus)))


def _free_instant(line: TrailLine) -> ColumnElement[Any]:
    """The line's own instant, or the one after those of the same user that crowd there."""
    others = trail.alias()
    at = (line.at - EPOCH) // MICROSECOND
    microseconds = type_coerce(others.c.at, BigInteger)
    latest = (
        select(func.max(microseconds) + 1)
        .where(
            others.c.user_id == line.user_id,
            microseconds >= at,
            microseconds < at + CROWDED_MICROSECONDS,
        )
        .scalar_subquery()
    )
    return func.coalesce(latest, literal(at, BigInteger))


def _to_row(line: TrailLine) -> dict[str, Any]:
    return {
        "user_id": line.user_id,
        "at": line.at,
        "until": line.last_at,
        "kind": line.kind,
        "actor": line.by,
        "detail": json.dumps(dict(line.detail)),
        "times": line.times,
        "group_key": line.group,
    }


def _to_line(row: RowMapping) -> TrailLine:
    return TrailLine(
        user_id=None if row["user_id"] is None else UserId(row["user_id"]),
        at=row["at"],
        kind=row["kind"],
        by=row["actor"],
        detail=json.loads(row["detail"]),
        times=row["times"],
        until=row["until"] if row["times"] > 1 else None,
    )
