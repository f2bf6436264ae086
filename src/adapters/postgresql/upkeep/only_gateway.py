"""One gateway a database, or those that NATS joins: a lock that the session of each holds.

Two would each have a budget of their own in mind, and hear of each other's logouts late.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import NoReturn

import asyncpg

from adapters.postgresql.engine import TIMEOUT_SECONDS, connected, shown
from adapters.postgresql.faults import DatabaseUnusable, is_of_storage, sentence_of

ONLY_GATEWAY = 0x454D5031
SESSION_NAME = "emporia-energy-api, the only one"
LOOK_SECONDS = 0.1
WATCH_SECONDS = 1.0
"""How often is looked whether the session is still there, and the lock with it."""

TAKE = "SELECT pg_try_advisory_lock($1)"
TAKE_JOINED = "SELECT pg_try_advisory_lock_shared($1)"
"""All that are joined have it together, and whoever is not waits for the last of them."""

HOLDER = """
SELECT coalesce(host(client_addr), 'on its own machine') AS place,
       to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS since
FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND objid = $1
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""

logger = logging.getLogger(__name__)


class DatabaseTaken(Exception):
    """Another gateway runs on the database; the sentence says which and what to do."""


@contextmanager
def only_gateway(
    url: str, *, patience_seconds: float, is_joined: bool = False, on_loss: Callable[[], None]
) -> Iterator[None]:
    """Be the only gateway on the database while entered, but for others that are joined as this.

    Blocks for as long as the one before needs to stop, `patience_seconds` at most. A session that
    breaks is made anew; where another gateway was faster, `on_loss` is called, from a thread, and
    leaving raises DatabaseTaken. Raises DatabaseTaken or DatabaseUnusable.
    """
    lock = _Lock(url, take=TAKE_JOINED if is_joined else TAKE)
    with ThreadPoolExecutor(1, thread_name_prefix="only gateway") as thread:
        taken: Future[None] = Future()
        over = thread.submit(asyncio.run, lock.hold(taken, patience_seconds, on_loss))
        taken.result()
        try:
            yield
        finally:
            lock.let_go()
            over.result()


class _Lock:
    def __init__(self, url: str, *, take: str) -> None:
        self._url = url
        self._take = take
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_over = asyncio.Event()

    async def hold(
        self, taken: "Future[None]", patience_seconds: float, on_loss: Callable[[], None]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        try:
            session = await self._patient(patience_seconds)
        except BaseException as failure:  # noqa: BLE001  # it is raised to whoever waits
            taken.set_exception(failure)
            return
        taken.set_result(None)
        while not await self._is_over_within(WATCH_SECONDS):
            if not session.is_closed():
                continue
            try:
                session = await self._patient(0)
            except DatabaseUnusable:
                continue  # nobody else can have it either
            except DatabaseTaken as taken_by:
                logger.error("%s", taken_by)  # noqa: TRY400  # the sentence says all
                on_loss()
                raise
        await session.close(timeout=TIMEOUT_SECONDS)

    def let_go(self) -> None:
        """From another thread: end the session, and with it the lock."""
        assert self._loop is not None  # noqa: S101  # whoever has the lock has begun
        with suppress(RuntimeError):  # it has ended by itself, for the lock is another's
            self._loop.call_soon_threadsafe(self._is_over.set)

    async def _patient(self, patience_seconds: float) -> "asyncpg.Connection[asyncpg.Record]":
        """The session that has the lock; raises DatabaseTaken or DatabaseUnusable."""
        session = await self._connected()
        try:
            with _told(self._url):
                if not await _taken(session, self._take, patience_seconds):
                    await self._blame(session)
        except BaseException:
            session.terminate()
            raise
        return session

    async def _blame(self, session: "asyncpg.Connection[asyncpg.Record]") -> NoReturn:
        holder = await session.fetchrow(HOLDER, ONLY_GATEWAY)
        who = f" ({holder['place']}, since {holder['since']} UTC)" if holder else ""
        raise DatabaseTaken(
            f"Another gateway{who} runs on {shown(self._url, within=True)}; stop it, or join both "
            "by NATS_URL."
        )

    async def _connected(self) -> "asyncpg.Connection[asyncpg.Record]":
        with _told(self._url):
            return await connected(self._url, name=SESSION_NAME, seconds=TIMEOUT_SECONDS)

    async def _is_over_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._is_over.wait()
        except TimeoutError:
            return False
        return True


async def _taken(
    session: "asyncpg.Connection[asyncpg.Record]", take: str, patience_seconds: float
) -> bool:
    looks = int(patience_seconds / LOOK_SECONDS)
    for look in range(looks + 1):
        if await session.fetchval(take, ONLY_GATEWAY):
            return True
        if look == 0 and looks:
            logger.info("another gateway uses the database; waiting for it to stop")
        if look < looks:
            await asyncio.sleep(LOOK_SECONDS)
    return False


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Turn what fails into DatabaseUnusable, where the server is to blame."""
    try:
        yield
    except Exception as error:
        if not is_of_storage(error):
            raise
        raise DatabaseUnusable(sentence_of(error, where=shown(url))) from None
