"""Logins that wait for their page, which may ask another node."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, insert

from adapters.postgresql.engine import PostgresEngine
from adapters.postgresql.tables import hand_overs
from application.ports.accounts.openid.flows import HandOvers
from domain.accounts.identities import HAND_OVER_LASTS, HandOver
from domain.accounts.users import UserId


class PostgresHandOvers(HandOvers):
    """Keeps the hash of a code, which nobody can guess."""

    def __init__(self, engine: PostgresEngine) -> None:
        self._engine = engine

    async def add(self, code: str, hand_over: HandOver) -> None:
        row = {
            "code_hash": _hash(code),
            "user_id": hand_over.user_id,
            "binding": hand_over.binding,
            "begun_at": hand_over.begun_at,
            "is_fresh": hand_over.is_fresh,
        }
        old = hand_overs.c.begun_at < hand_over.begun_at - HAND_OVER_LASTS
        async with self._engine.begin() as connection:
            await connection.execute(delete(hand_overs).where(old))
            await connection.execute(insert(hand_overs), [row])

    async def take(self, code: str, *, now: datetime) -> HandOver | None:
        taken = (
            delete(hand_overs).where(hand_overs.c.code_hash == _hash(code)).returning(hand_overs)
        )
        async with self._engine.begin() as connection:
            row = (await connection.execute(taken)).one_or_none()
        if row is None or now - row.begun_at > HAND_OVER_LASTS:
            return None
        return HandOver(
            user_id=UserId(row.user_id),
            binding=row.binding,
            begun_at=row.begun_at,
            is_fresh=row.is_fresh,
        )


def _hash(code: str) -> bytes:
    return sha256(code.encode()).digest()
