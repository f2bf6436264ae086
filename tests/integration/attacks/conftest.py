"""A gateway whose event loop has a thread of its own, so that its processor time can be read."""

import asyncio
import socket
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest

Result = TypeVar("Result")

ANSWER_SECONDS = 0.5
"""How long an answer is waited for; none at all is no matter of this measurement."""

REPETITIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one exchange cost the event loop at least, and the first bytes of the answer."""

    milliseconds: float
    answer: bytes

    @property
    def status(self) -> str:
        """The status of an HTTP answer, as its digits; empty where there was none."""
        return self.answer[9:12].decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredGateway:
    """A stage that runs in another thread."""

    stage: Any
    loop: asyncio.AbstractEventLoop
    clock: int

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Let the loop's thread do something, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=30)

    def cost(self, data: bytes, *, opening: bytes = b"") -> Cost:
        """Send this on a fresh connection; what the loop's thread spent, the least of three.

        What opens the connection is sent, and answered, before the clock starts.
        """
        exchanges = [self._exchange(data, opening) for _ in range(REPETITIONS)]
        return min(exchanges, key=lambda cost: cost.milliseconds)

    def _exchange(self, data: bytes, opening: bytes) -> Cost:
        where = urlsplit(self.stage.url)
        with socket.create_connection((where.hostname, where.port)) as connection:
            connection.settimeout(ANSWER_SECONDS)
            if opening:
                connection.sendall(opening)
                connection.recv(65_536)
            self._wait_for_loop()
            began = time.clock_gettime(self.clock)
            answer = _answer(connection, data)
            self._wait_for_loop()
            spent = time.clock_gettime(self.clock) - began
        return Cost(milliseconds=spent * 1_000, answer=answer)

    def _wait_for_loop(self) -> None:
        """Return once the loop did all that was due."""
        for _ in range(3):
            self.run(asyncio.sleep(0))


def _answer(connection: socket.socket, data: bytes) -> bytes:
    """The first part of what comes back; a gateway that hangs up in the middle is fine."""
    with suppress(ConnectionError, TimeoutError):
        connection.sendall(data)
        return connection.recv(65_536)
    return b""


@pytest.fixture
def measured(stages: Any) -> Iterator[MeasuredGateway]:
    """A gateway with its loop in a thread of its own, that never refuses a caller for haste."""
    ready: Future[MeasuredGateway] = Future()
    over = threading.Event()

    async def hold() -> None:
        clock = time.pthread_getcpuclockid(threading.get_ident())
        loop = asyncio.get_running_loop()
        async with stages(account_calls_per_minute=1_000_000) as stage:
            ready.set_result(MeasuredGateway(stage=stage, loop=loop, clock=clock))
            await asyncio.to_thread(over.wait)

    def work() -> None:
        try:
            asyncio.run(hold())
        except BaseException as failure:
            if not ready.done():
                ready.set_exception(failure)
            raise

    thread = threading.Thread(target=work, name="gateway")
    thread.start()
    try:
        yield ready.result(timeout=30)
    finally:
        over.set()
        thread.join()
