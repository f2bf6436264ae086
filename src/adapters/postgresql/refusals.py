"""Refusals counted by all nodes together."""

import time
from hashlib import blake2b

from adapters.postgresql.engine import PostgresEngine
from application.ports.accounts.refusals import Refusals
from application.ports.clock import Clock
from domain.accounts.callers.pauses import PauseRule
from domain.errors import PasswordsBusy

LOOK_SECONDS = 0.1
"""Between two looks whether the tries of others have ended."""

MOST_WAITING = 20
"""How many of one key may wait for each other on this node."""

LONGEST_TRY_SECONDS = 60.0
"""After it a try is over whose node never said so: it is gone."""

CLEAR_SECONDS = 60.0
"""Between two looks for what was refused too long ago."""

NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
"""The server's clock: nodes' own differ, and may be set."""

COUNTED = "(CASE WHEN known.refused_at < {now} - $5 THEN 0 ELSE known.refusals END)"
WAITED = (
    "(CASE WHEN {counted} < $3 THEN 0"
    " ELSE least($6 * power(2, least({counted} - $3, 30)), $7) END)::bigint"
)
UNDER_WAY = "(CASE WHEN known.touched_at < {now} - $4 THEN 0 ELSE known.under_way END)"

_counted = COUNTED.format(now=NOW)
_pause = f"known.refused_at + {WAITED.format(counted=_counted)} - {NOW}"
_under_way = UNDER_WAY.format(now=NOW)

BEGIN = f"""
INSERT INTO refusals AS known (kind, key_hash, refusals, under_way, refused_at, touched_at)
VALUES ($1, $2, 0, 1, 0, {NOW})
ON CONFLICT (kind, key_hash) DO UPDATE
SET refusals = {_counted}, under_way = {_under_way} + 1, touched_at = {NOW}
WHERE {_pause} <= 0 AND {_under_way} < greatest(1, $3 - {_counted})
RETURNING true
"""  # noqa: S608  # of constants alone

PAUSE = f"""
SELECT {_pause} AS pause FROM refusals AS known
WHERE kind = $1 AND key_hash = $2 AND $4::bigint > 0
"""  # noqa: S608

END = f"""
UPDATE refusals SET under_way = greatest(0, under_way - 1), refusals = refusals + $3,
refused_at = CASE WHEN $3 > 0 THEN {NOW} ELSE refused_at END, touched_at = {NOW}
WHERE kind = $1 AND key_hash = $2
"""  # noqa: S608

CLEAR = f"""
DELETE FROM refusals WHERE kind = $1 AND refused_at < {NOW} - $2 AND touched_at < {NOW} - $3
"""  # noqa: S608


class PostgresRefusals(Refusals):
    """Keys are kept as hashes; `kind` tells apart what is refused, `secret` hashes by itself."""

    def __init__(
        self, engine: PostgresEngine, *, kind: str, secret: bytes, rule: PauseRule, clock: Clock
    ) -> None:
        self._engine = engine
        self._kind = kind
        self._secret = secret[:64]
        self._rule = rule
        self._clock = clock
        self._waiting: dict[bytes, int] = {}
        self._clear_at = 0.0

    async def begin(self, key: str) -> float:
        hashed = self._hash(key)
        while True:
            pause = await self._try(hashed)
            if pause is not None:
                return pause
            await self._wait(hashed)

    async def end(self, key: str, *, refused: bool) -> None:
        async with self._engine.bare_connection() as driver:
            await driver.execute(END, self._kind, self._hash(key), int(refused))
        await self._clear()

    async def _try(self, hashed: bytes) -> float | None:
        """0 where a try has begun, else the seconds to wait; None where others are under way."""
        rule = self._rule
        given = (
            self._kind,
            hashed,
            rule.free_refusals,
            _microseconds(LONGEST_TRY_SECONDS),
            _microseconds(rule.forgotten_after_seconds),
            _microseconds(rule.first_seconds),
            _microseconds(rule.longest_seconds),
        )
        async with self._engine.turn_of_a_stranger(), self._engine.bare_connection() as driver:
            if await driver.fetchval(BEGIN, *given):
                return 0.0
            pause = await driver.fetchval(PAUSE, *given)
        return pause / 1_000_000 if pause is not None and pause > 0 else None

    async def _wait(self, hashed: bytes) -> None:
        waiting = self._waiting.get(hashed, 0)
        if waiting >= MOST_WAITING:
            raise PasswordsBusy(retry_after_seconds=1)
        self._waiting[hashed] = waiting + 1
        try:
            await self._clock.sleep(LOOK_SECONDS)
        finally:
            self._waiting[hashed] -= 1
            if not self._waiting[hashed]:
                del self._waiting[hashed]

    async def _clear(self) -> None:
        now = time.monotonic()
        if now < self._clear_at:
            return
        self._clear_at = now + CLEAR_SECONDS
        async with self._engine.bare_connection() as driver:
            await driver.execute(
                CLEAR,
                self._kind,
                _microseconds(self._rule.forgotten_after_seconds),
                _microseconds(LONGEST_TRY_SECONDS),
            )

    def _hash(self, key: str) -> bytes:
        return blake2b(key.encode(), digest_size=16, key=self._secret).digest()


def _microseconds(seconds: float) -> int:
    return round(seconds * 1_000_000)
