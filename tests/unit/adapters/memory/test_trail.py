"""A trail that nobody waits for, whatever the storage does."""

import asyncio
import logging
from datetime import timedelta

import pytest

from adapters.fake.accounts.trail import InMemoryTrail
from adapters.fake.clock import ManualClock
from adapters.fake.store import InMemoryStore
from adapters.memory import trail as write_behind
from adapters.memory.trail import WriteBehindTrail
from domain.accounts.trail import SIGN_IN_FAILED, TrailLine

SINCE = ManualClock().now()


class StuckTrail(InMemoryTrail):
    """Writes when it is let; a line of the kind `bug` meets a fault of ours."""

    def __init__(self, store: InMemoryStore) -> None:
        super().__init__(store)
        self.let = asyncio.Event()
        self.let.set()

    async def add(self, lines):
        await self.let.wait()
        if any(line.kind == "bug" for line in lines):
            raise ZeroDivisionError
        await super().add(lines)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def kept() -> StuckTrail:
    return StuckTrail(InMemoryStore())


@pytest.fixture
def trail(kept, clock) -> WriteBehindTrail:
    return WriteBehindTrail(kept, clock=clock)


def line(number: int = 0, kind: str = "account_deleted") -> TrailLine:
    return TrailLine(
        user_id=None, at=SINCE + timedelta(seconds=number), kind=kind, by="somebody", detail={}
    )


async def kinds(trail) -> list[str]:
    return [each.kind for each in await trail.newest(since=SINCE, most=10_000)]


async def test_nobody_waits_for_a_line_to_be_written(trail, kept) -> None:
    kept.let.clear()
    await trail.add([line()])
    await trail.add([line(1)])
    assert await kept.newest(since=SINCE, most=9) == []
    kept.let.set()
    await trail.close()
    assert len(await kept.newest(since=SINCE, most=9)) == 2


async def test_who_reads_sees_what_was_added_before(trail) -> None:
    await trail.add([line()])
    assert await kinds(trail) == ["account_deleted"]
    await trail.add([line(1)])
    assert len(await kinds(trail)) == 2


async def test_what_the_storage_does_not_take_is_tried_again(trail, kept, clock) -> None:
    kept.broken = True
    await trail.add([line()])
    await clock.settle()
    await trail.add([line(1)])
    assert await kinds(trail) == []
    kept.broken = False
    await clock.advance(1)
    assert len(await kinds(trail)) == 2


async def test_a_flood_while_nothing_can_be_written_takes_no_more_memory(
    trail, kept, clock, monkeypatch, caplog
) -> None:
    monkeypatch.setattr(write_behind, "MOST_WAITING", 3)
    kept.broken = True
    await trail.add([line(1, SIGN_IN_FAILED), line(2, SIGN_IN_FAILED)])
    await trail.add([line(3), line(4), line(5), line(6)])
    await clock.settle()
    kept.broken = False
    with caplog.at_level(logging.WARNING):
        await clock.advance(1)
    assert [each.at for each in await trail.newest(since=SINCE, most=9)] == [
        line(number).at for number in (6, 5, 4)
    ]
    assert "2 lines of the trail are lost" in caplog.text


async def test_failures_that_wait_are_counted_in_one_line(trail, kept, clock) -> None:
    kept.broken = True
    for number in range(50):
        await trail.add([line(number, SIGN_IN_FAILED)])
        await clock.settle()
    kept.broken = False
    await trail.close()
    (failed,) = await kept.newest(since=SINCE, most=9)
    assert failed.times == 50


async def test_what_can_not_be_written_at_the_end_is_told(trail, kept, clock, caplog) -> None:
    kept.broken = True
    await trail.add([line()])
    await clock.settle()
    await trail.close()
    assert "1 lines of the trail are lost" in caplog.text


async def test_a_write_that_fails_while_it_closes_does_not_hold_it_up(trail, kept, caplog) -> None:
    kept.let.clear()
    kept.broken = True
    await trail.add([line()])
    closing = asyncio.create_task(trail.close())
    await asyncio.sleep(0)
    kept.let.set()
    async with asyncio.timeout(5):
        await closing
    assert "1 lines of the trail are lost" in caplog.text


async def test_a_fault_of_ours_costs_its_own_lines_alone(trail, clock, caplog) -> None:
    await trail.add([line(0, "bug")])
    await clock.settle()
    await trail.add([line(1)])
    assert await kinds(trail) == ["account_deleted"]
    assert "ZeroDivisionError" in caplog.text


async def test_one_that_was_never_used_closes(trail) -> None:
    await trail.close()
