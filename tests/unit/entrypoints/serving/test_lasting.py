"""What goes on beside the requests: a bug in it is told, and does not end it."""

import asyncio
from collections import deque

import pytest

from entrypoints.serving import lasting as lasting_module
from entrypoints.serving.lasting import lasting


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lasting_module, "AGAIN_SECONDS", 0)


async def test_what_breaks_is_logged_and_begins_anew(caplog) -> None:
    outcomes = deque([ZeroDivisionError("a@example.com"), KeyError(), None])

    async def work() -> None:
        if outcome := outcomes.popleft():
            raise outcome

    await asyncio.wait_for(lasting(work, "beats"), 5)

    assert not outcomes
    assert [line.getMessage() for line in caplog.records] == 2 * [
        "what goes on beside the requests broke (beats)"
    ]


async def test_who_cancels_it_ends_it() -> None:
    task = lasting(asyncio.Event().wait, "beats")
    await asyncio.sleep(0)

    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert task.cancelled()


async def test_what_breaks_because_it_was_cancelled_ends_without_a_word(caplog) -> None:
    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise ZeroDivisionError

    task = lasting(work, "beats")
    await asyncio.sleep(0)

    task.cancel()
    await asyncio.wait([task], timeout=5)

    assert isinstance(task.exception(), ZeroDivisionError)
    assert caplog.records == []


async def test_what_begins_later_may_be_ended_before() -> None:
    begun = asyncio.Event()

    async def work() -> None:
        begun.set()

    task = lasting(work, "beats", after_seconds=3600)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert task.cancelled()
    assert not begun.is_set()
