"""Refusals make the next try wait, and tries whose outcome is open take turns."""

import asyncio

import pytest

from adapters.fake.clock import ManualClock
from adapters.memory import refusals
from adapters.memory.refusals import InMemoryRefusals
from domain.accounts.callers.pauses import PauseRule
from domain.errors import PasswordsBusy

RULE = PauseRule(free_refusals=3, first_seconds=2, longest_seconds=60, forgotten_after_seconds=600)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def counted(clock) -> InMemoryRefusals:
    return InMemoryRefusals(rule=RULE, clock=clock)


async def refuse(counted: InMemoryRefusals, key: str = "ada", *, times: int = 1) -> None:
    for _ in range(times):
        assert await counted.begin(key) == 0
        await counted.end(key, refused=True)


async def test_the_free_refusals_cost_no_wait_and_the_next_one_does(counted) -> None:
    await refuse(counted, times=3)

    assert await counted.begin("ada") == 2
    assert await counted.begin("bob") == 0


async def test_the_pause_passes_and_the_next_is_twice_as_long(counted, clock) -> None:
    await refuse(counted, times=3)
    await clock.advance(1.5)
    assert await counted.begin("ada") == 0.5
    await clock.advance(0.5)

    await refuse(counted)

    assert await counted.begin("ada") == 4


async def test_what_was_not_refused_counts_for_nothing(counted) -> None:
    for _ in range(10):
        assert await counted.begin("ada") == 0
        await counted.end("ada", refused=False)

    assert counted._records == {}


async def test_a_good_try_does_not_forgive_the_refusals_of_others(counted, clock) -> None:
    await refuse(counted, times=3)
    await clock.advance(2)
    await counted.begin("ada")
    await counted.end("ada", refused=False)

    await refuse(counted)

    assert await counted.begin("ada") == 4


async def test_refusals_are_forgotten_after_a_while(counted, clock) -> None:
    await refuse(counted, times=3)
    await clock.advance(601)

    await refuse(counted, times=3)

    assert await counted.begin("ada") == 2


async def test_no_more_tries_are_under_way_than_could_be_refused_for_free(counted) -> None:
    for _ in range(3):
        assert await counted.begin("ada") == 0
    fourth, fifth = (asyncio.create_task(counted.begin("ada")) for _ in range(2))
    await asyncio.sleep(0)
    assert not fourth.done()

    await counted.end("ada", refused=False)
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert [task.done() for task in (fourth, fifth)].count(True) == 1
    for _ in range(3):
        await counted.end("ada", refused=True)
    assert sorted(await asyncio.gather(fourth, fifth)) == [0, 2]


async def test_past_the_free_refusals_one_try_is_made_at_a_time(counted, clock) -> None:
    await refuse(counted, times=3)
    await clock.advance(2)
    assert await counted.begin("ada") == 0
    second = asyncio.create_task(counted.begin("ada"))
    await asyncio.sleep(0)
    assert not second.done()

    await counted.end("ada", refused=True)

    assert await second == 4


async def test_only_so_many_wait_for_each_other(counted) -> None:
    for _ in range(3):
        assert await counted.begin("ada") == 0
    waiting = [asyncio.create_task(counted.begin("ada")) for _ in range(20)]
    await asyncio.sleep(0)

    with pytest.raises(PasswordsBusy):
        await counted.begin("ada")

    assert await counted.begin("bob") == 0
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    for _ in range(3):
        await counted.end("ada", refused=False)
    assert await counted.begin("ada") == 0


async def test_memory_is_bounded_and_keeps_what_is_under_way(counted, monkeypatch) -> None:
    monkeypatch.setattr(refusals, "MOST_KEYS", 10)
    await counted.begin("under way")

    for number in range(100):
        await refuse(counted, str(number))

    assert len(counted._records) <= 11
    await counted.end("under way", refused=True)


async def test_memory_holds_no_key_that_was_refused_too_long_ago(counted, clock) -> None:
    for number in range(10):
        await refuse(counted, str(number))
    await clock.advance(601)

    await refuse(counted, "ada")

    assert list(counted._records) == ["ada"]
