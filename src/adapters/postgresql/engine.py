"""Connections to the database server."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy import URL, Connection, Engine, event, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, PoolProxiedConnection

from adapters.postgresql.guard import PostgresGuard
from domain.errors import StorageBusy

TIMEOUT_SECONDS = 2.0
"""How long a request waits for a connection, and then for each answer."""

PATIENCE_SECONDS = 10.0
"""How long a start or a command waits for a connection: nobody waits for it in turn."""

CONNECTIONS = 10
"""What one gateway takes at most; the server's `max_connections` bounds them all."""

CONNECTIONS_OF_STRANGERS = 4
"""What all who sign in take of them at a time, so that a flood leaves some to everybody else."""

SESSION = {
    "application_name": "emporia-energy-api",
    "lock_timeout": "1500",
    # A gateway that is paused within a transaction would hold its locks until it wakes.
    "idle_in_transaction_session_timeout": "5000",
    "jit": "off",
    "timezone": "UTC",
}
"""Milliseconds, as PostgreSQL takes them."""

READING_SESSION = {**SESSION, "default_transaction_read_only": "on"}

logger = logging.getLogger(__name__)

# As SQLAlchemy's own pool, which tells of every stop that it is made anew.
logging.getLogger(f"{__name__}.TellingPool").setLevel(logging.WARNING)


class TellingPool(AsyncAdaptedQueuePool):
    """Says in our own words that the server can't be reached, or has no connection free."""

    _sqla_logger_namespace = f"sqlalchemy.pool.{AsyncAdaptedQueuePool.__name__}"
    guard: PostgresGuard

    def connect(self) -> PoolProxiedConnection:
        """A connection; raises StorageUnavailable, or its StorageBusy."""
        with self.guard.telling():
            return super().connect()

    def recreate(self) -> "TellingPool":
        """As it is made anew, with the same guard."""
        made = super().recreate()
        assert isinstance(made, TellingPool)  # noqa: S101  # of the same class
        made.guard = self.guard
        return made


class PostgresEngine(AsyncEngine):
    """Connections to one database, and who looks after them."""

    def __init__(self, engine: Engine, *, guard: PostgresGuard) -> None:
        super().__init__(engine)
        self.guard = guard
        self._reading = AsyncEngine(engine.execution_options(isolation_level="AUTOCOMMIT"))
        self._strangers = asyncio.Semaphore(CONNECTIONS_OF_STRANGERS)

    def connect(self) -> AsyncConnection:
        """A connection to read with: each statement alone, without two more to begin and end it.

        It sees what it would see in a transaction, where each statement sees what is newest too.
        """
        return self._reading.connect()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A transaction on a connection of its own."""
        async with super().connect() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def turn_of_a_stranger(self) -> AsyncIterator[None]:
        """Be one of the few callers, whom nobody knows yet, that use a connection at a time.

        They come in the order in which they asked. Raises StorageBusy after TIMEOUT_SECONDS.
        """
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await self._strangers.acquire()
        except TimeoutError:
            raise StorageBusy from None
        try:
            yield
        finally:
            self._strangers.release()

    @asynccontextmanager
    async def bare_connection(self) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
        """A connection of the driver's own, which costs a tenth; every statement is a commit.

        What fails arrives as it does otherwise.
        """
        async with super().connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert isinstance(driver, asyncpg.Connection)  # noqa: S101  # as told below
            with self.guard.telling():
                try:
                    yield driver
                except BaseException:
                    # Whatever it was at, nobody else is to get it.
                    driver.terminate()
                    await connection.invalidate()
                    raise


def open_engine(
    url: str, *, session: Mapping[str, str] = SESSION, connections: int = CONNECTIONS
) -> PostgresEngine:
    """Connections that are opened when they are needed; the caller disposes of the engine.

    What the server fails at arrives as StorageUnavailable, a lock as its StorageBusy.
    """
    engine = create_async_engine(
        address(url),
        hide_parameters=True,  # else an error's text quotes emails and hashes into the log
        poolclass=TellingPool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=TIMEOUT_SECONDS,
        connect_args={
            "timeout": TIMEOUT_SECONDS,
            "command_timeout": TIMEOUT_SECONDS,
            "server_settings": dict(session),
        },
    )
    guard = PostgresGuard()
    pool = engine.sync_engine.pool
    assert isinstance(pool, TellingPool)  # noqa: S101  # as told above
    pool.guard = guard
    guard.watch(engine.sync_engine)
    event.listen(engine.sync_engine, "before_cursor_execute", _without_nul, retval=True)
    return PostgresEngine(engine.sync_engine, guard=guard)


def _without_nul(
    _connection: Connection,
    _cursor: object,
    statement: str,
    parameters: Any,
    _context: object,
    _executemany: bool,
) -> tuple[str, Any]:
    """PostgreSQL keeps no NUL in a text, which strangers may send: it becomes U+FFFD."""
    if isinstance(parameters, tuple) and any(
        isinstance(value, str) and "\0" in value for value in parameters
    ):
        parameters = tuple(
            value.replace("\0", "\ufffd") if isinstance(value, str) else value
            for value in parameters
        )
    return statement, parameters


def address(url: str) -> URL:
    """Where the database is, with the driver that is used."""
    return make_url(url).set(drivername="postgresql+asyncpg")


async def connected(url: str, *, name: str, seconds: float) -> "asyncpg.Connection[asyncpg.Record]":
    """A connection of the driver's own outside of any engine, made of the address as theirs are.

    Each of its statements may take so many seconds. `name` is what the server lists it as.
    """
    where = address(url)
    # Handed in as text, `ssl` would be taken for a setting of the server.
    _, named = where.get_dialect()().create_connect_args(where)
    made: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(
        **named,
        timeout=PATIENCE_SECONDS,
        command_timeout=seconds,
        server_settings={"application_name": name},
    )
    return made


def shown(url: str, *, within: bool = False) -> str:
    """The database's name, which is no secret, at the start of a sentence or `within` one."""
    return f"{'the' if within else 'The'} PostgreSQL database {make_url(url).database}"
