import asyncio
import threading
from collections.abc import Iterator

import pytest

from adapters.system.heavy_work import MOST_AT_ONCE, ThreadedHeavyWork

PATIENCE_SECONDS = 10.0


@pytest.fixture
def work() -> Iterator[ThreadedHeavyWork]:
    made = ThreadedHeavyWork()
    yield made
    made.close()


async def test_work_is_done_beside_the_event_loop(work) -> None:
    assert await work(threading.current_thread) is not threading.current_thread()


async def test_what_the_work_raises_is_raised(work) -> None:
    with pytest.raises(ZeroDivisionError):
        await work(lambda: 1 // 0)


async def test_others_are_served_meanwhile_and_no_more_than_a_few_at_once(work) -> None:
    going_on, may_end = threading.Semaphore(0), threading.Event()

    def wait() -> bool:
        going_on.release()
        return may_end.wait(PATIENCE_SECONDS)

    waiting = [asyncio.ensure_future(work(wait)) for _ in range(MOST_AT_ONCE + 1)]
    for _ in range(MOST_AT_ONCE):
        assert await asyncio.to_thread(going_on.acquire, timeout=PATIENCE_SECONDS)
    assert not going_on.acquire(blocking=False)
    may_end.set()
    assert await asyncio.gather(*waiting) == [True] * (MOST_AT_ONCE + 1)


async def test_closing_waits_for_what_is_going_on() -> None:
    work = ThreadedHeavyWork()
    began, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def last() -> None:
        began.set()
        may_end.wait(PATIENCE_SECONDS)
        ended.set()

    doing = asyncio.ensure_future(work(last))
    assert await asyncio.to_thread(began.wait, PATIENCE_SECONDS)
    may_end.set()
    await asyncio.to_thread(work.close)
    assert ended.is_set()
    await doing
    with pytest.raises(RuntimeError):
        await work(int)
