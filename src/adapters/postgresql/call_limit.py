"""Costly calls counted by all nodes together."""

from hashlib import blake2b

from sqlalchemy import text

from adapters.postgresql.engine import PostgresEngine
from application.ports.accounts.call_limits import CallLimit
from domain.accounts.callers.networks import LINES_OF_A_SITE, Network, site_of
from domain.errors import TooManyCalls

WINDOW_MICROSECONDS = 60_000_000

NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"

COUNT = text(
    f"""
    INSERT INTO call_windows AS known (key_hash, began_at, calls) VALUES (:key, {NOW}, 1)
    ON CONFLICT (key_hash) DO UPDATE SET
    began_at = CASE WHEN known.began_at <= {NOW} - :window THEN {NOW} ELSE known.began_at END,
    calls = CASE WHEN known.began_at <= {NOW} - :window THEN 1 ELSE known.calls + 1 END
    WHERE known.began_at <= {NOW} - :window OR known.calls < :most
    RETURNING true
    """  # noqa: S608  # of constants alone
)
WAIT = text(f"SELECT began_at + :window - {NOW} FROM call_windows WHERE key_hash = :key")  # noqa: S608
CLEAR = text(f"DELETE FROM call_windows WHERE began_at <= {NOW} - :window")  # noqa: S608

CALLS_BETWEEN_CLEARING = 100


class PostgresCallLimit(CallLimit):
    """Asks `first`, which counts this node's calls alone, so that a flood costs no statement."""

    def __init__(
        self, engine: PostgresEngine, *, first: CallLimit, secret: bytes, most_calls: int
    ) -> None:
        self._engine = engine
        self._first = first
        self._secret = secret[:64]
        self._most_calls = most_calls
        self._counted = 0

    async def count(self, network: Network) -> None:
        await self._first.count(network)
        limits = {self._hash(network): self._most_calls}
        limits.setdefault(self._hash(site_of(network)), self._most_calls * LINES_OF_A_SITE)
        async with self._engine.turn_of_a_stranger(), self._engine.begin() as connection:
            # In the order of the keys, so that two who count never wait for each other.
            for key, most in sorted(limits.items()):
                given = {"key": key, "most": most, "window": WINDOW_MICROSECONDS}
                if await connection.scalar(COUNT, given) is None:
                    given.pop("most")
                    wait = await connection.scalar(WAIT, given)
                    raise TooManyCalls(retry_after_seconds=max(0, wait or 0) / 1_000_000)
            self._counted += 1
            if self._counted % CALLS_BETWEEN_CLEARING == 1:
                await connection.execute(CLEAR, {"window": WINDOW_MICROSECONDS})

    def _hash(self, network: Network) -> bytes:
        return blake2b(str(network).encode(), digest_size=16, key=self._secret).digest()
