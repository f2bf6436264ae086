"""Second factors in SQL: the secret sealed, recovery codes as marks alone."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.sql.statements.inserts import insert_into
from adapters.sql.statements.staying import staying
from adapters.sql.tables import UtcInstant, recovery_codes, second_factors, users
from application.ports.accounts.second_factors import SecondFactors
from application.ports.secret_box import SecretBox
from domain.accounts.second_factor import SecondFactor
from domain.accounts.users import UserId

NONE_USED = -1


class SqlSecondFactors(SecondFactors):
    """Leaves it to single statements that a code is used up once, whoever else tries at that time.

    A secret that can't be opened any more reads as lost.
    """

    def __init__(self, engine: AsyncEngine, *, secret_box: SecretBox) -> None:
        self._engine = engine
        self._secret_box = secret_box

    async def begin(self, user_id: UserId, secret: str, *, at: datetime) -> bool:
        sealed = self._secret_box.seal(secret.encode(), owner=user_id)
        # Taken from the users' table, so that nothing is kept for somebody who just left.
        row = select(
            users.c.id,
            literal(sealed),
            literal(at, UtcInstant),
            literal(NONE_USED),
        ).where(users.c.id == user_id)
        begun = insert_into(self._engine, second_factors).from_select(
            ["user_id", "sealed_secret", "begun_at", "last_step"], staying(row)
        )
        begun = begun.on_conflict_do_update(
            index_elements=["user_id"],
            set_={
                "sealed_secret": begun.excluded.sealed_secret,
                "begun_at": begun.excluded.begun_at,
                "last_step": begun.excluded.last_step,
            },
            where=second_factors.c.since.is_(None),
        )
        async with self._engine.begin() as connection:
            return (await connection.execute(begun)).rowcount == 1

    async def of_user(self, user_id: UserId) -> SecondFactor | None:
        query = select(second_factors).where(second_factors.c.user_id == user_id)
        async with self._engine.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
        return None if row is None else self._to_factor(row)

    async def switch_on(
        self, factor: SecondFactor, marks: Collection[bytes], *, at: datetime, step: int
    ) -> bool:
        switched = (
            update(second_factors)
            .where(_is(factor), second_factors.c.since.is_(None))
            .values(since=at, last_step=step)
        )
        async with self._engine.begin() as connection:
            if (await connection.execute(switched)).rowcount != 1:
                return False
            await _replace_marks(connection, factor.user_id, marks)
        return True

    async def use_step(self, factor: SecondFactor, step: int) -> bool:
        used = (
            update(second_factors)
            .where(_is_on(factor), second_factors.c.last_step < step)
            .values(last_step=step)
        )
        async with self._engine.begin() as connection:
            return (await connection.execute(used)).rowcount == 1

    async def use_recovery_code(self, user_id: UserId, mark: bytes) -> bool:
        used = delete(recovery_codes).where(
            recovery_codes.c.user_id == user_id, recovery_codes.c.mark == mark
        )
        async with self._engine.begin() as connection:
            return (await connection.execute(used)).rowcount == 1

    async def recovery_codes_left(self, user_id: UserId) -> int:
        query = select(func.count()).where(recovery_codes.c.user_id == user_id)
        async with self._engine.connect() as connection:
            return await connection.scalar(query) or 0

    async def replace_recovery_codes(self, factor: SecondFactor, marks: Collection[bytes]) -> bool:
        # Written to, and so held by this transaction until the codes are in.
        held = (
            update(second_factors)
            .where(_is_on(factor))
            .values(last_step=second_factors.c.last_step)
        )
        async with self._engine.begin() as connection:
            if (await connection.execute(held)).rowcount != 1:
                return False
            await _replace_marks(connection, factor.user_id, marks)
        return True

    async def remove(self, user_id: UserId) -> bool:
        removed = (
            delete(second_factors)
            .where(second_factors.c.user_id == user_id)
            .returning(second_factors.c.since)
        )
        async with self._engine.begin() as connection:
            return await connection.scalar(removed) is not None

    def _to_factor(self, row: RowMapping) -> SecondFactor:
        user_id = UserId(row["user_id"])
        secret = self._secret_box.open(row["sealed_secret"], owner=user_id)
        return SecondFactor(
            user_id=user_id,
            secret=None if secret is None else secret.decode(),
            begun_at=row["begun_at"],
            since=row["since"],
        )


def _is(factor: SecondFactor) -> ColumnElement[bool]:
    """Whether it is still of the same set-up."""
    return (second_factors.c.user_id == factor.user_id) & (
        second_factors.c.begun_at == factor.begun_at
    )


def _is_on(factor: SecondFactor) -> ColumnElement[bool]:
    return _is(factor) & second_factors.c.since.is_not(None)


async def _replace_marks(
    connection: AsyncConnection, user_id: UserId, marks: Collection[bytes]
) -> None:
    await connection.execute(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))
    await connection.execute(
        insert(recovery_codes), [{"user_id": user_id, "mark": mark} for mark in marks]
    )
