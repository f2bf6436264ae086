"""What many ask of the storage at the same time is asked in few statements."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from adapters.sql.statements import gathered
from adapters.sql.statements.gathered import AT_ONCE, SIZES, Gathered, filled
from domain.errors import StorageUnavailable

MOST = SIZES[-1]


@dataclass(slots=True)
class Storage:
    """Knows the length of each word; answers once it may."""

    asked: list[Sequence[str]] = field(default_factory=list)
    was_asked: asyncio.Event = field(default_factory=asyncio.Event)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    is_away: bool = False
    at_answer: list[Callable[[], None]] = field(default_factory=list)
    """What happens at the very moment of an answer, of the first one first."""

    async def lengths(self, words: Sequence[str]) -> Mapping[str, int]:
        self.asked.append(words)
        self.was_asked.set()
        await self.may_answer.wait()
        if self.is_away:
            raise StorageUnavailable
        if self.at_answer:
            self.at_answer.pop(0)()
        return {word: len(word) for word in words if word}


@pytest.fixture
def storage() -> Storage:
    return Storage()


async def all_that_may_be_under_way(
    storage: Storage, length_of: Gathered[str, int]
) -> list["asyncio.Task[int | None]"]:
    """Who waits for as many statements as there are at a time."""
    callers = []
    for turn in range(AT_ONCE):
        storage.was_asked.clear()
        callers.append(asyncio.create_task(length_of("ampere"[turn:])))
        await storage.was_asked.wait()
    return callers


async def test_what_is_asked_for_together_is_one_statement(storage: Storage) -> None:
    storage.may_answer.set()
    length_of = Gathered(storage.lengths)

    lengths = await asyncio.gather(length_of("watt"), length_of("kilowatt"), length_of(""))

    assert [*lengths] == [4, 8, None]
    assert storage.asked == [("watt", "kilowatt", "")]


async def test_what_comes_while_statements_are_under_way_shares_the_next(storage: Storage) -> None:
    length_of = Gathered(storage.lengths)
    callers = await all_that_may_be_under_way(storage, length_of)
    callers += [asyncio.create_task(length_of(word)) for word in ("ampere", "volt", "volt")]
    await asyncio.sleep(0)
    before = len(storage.asked)

    storage.may_answer.set()

    assert await asyncio.gather(*callers) == [6, 5, 6, 4, 4]
    assert before == AT_ONCE
    assert storage.asked[AT_ONCE:] == [("ampere", "volt")]  # asked anew, for it may have changed


async def test_who_comes_as_the_last_answers_go_out_is_answered_too(storage: Storage) -> None:
    length_of = Gathered(storage.lengths)
    callers = await all_that_may_be_under_way(storage, length_of)
    storage.at_answer.append(lambda: callers.append(asyncio.create_task(length_of("volt"))))

    storage.may_answer.set()
    await asyncio.gather(*callers)

    assert await asyncio.wait_for(callers[-1], 5) == 4


async def test_a_statement_asks_for_no_more_than_it_holds(storage: Storage) -> None:
    storage.may_answer.set()
    length_of = Gathered(storage.lengths)
    words = ["w" * (1 + number) for number in range(MOST + 1)]

    assert await asyncio.gather(*map(length_of, words)) == [len(word) for word in words]
    assert [len(asked) for asked in storage.asked] == [MOST, 1]


async def test_a_failure_is_told_to_all_who_waited_for_it_and_to_nobody_later(
    storage: Storage,
) -> None:
    storage.may_answer.set()
    storage.is_away = True
    length_of = Gathered(storage.lengths)

    failures = await asyncio.gather(length_of("watt"), length_of("volt"), return_exceptions=True)
    storage.is_away = False

    assert [type(failure) for failure in failures] == [StorageUnavailable] * 2
    assert await length_of("watt") == 4


@pytest.mark.parametrize(("long_seconds", "is_told"), [(0.0, True), (3600.0, False)])
async def test_what_fails_late_has_failed_for_whoever_waited_behind_it(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, long_seconds: float, *, is_told: bool
) -> None:
    monkeypatch.setattr(gathered, "LONG_SECONDS", long_seconds)
    storage.is_away = True
    length_of = Gathered(storage.lengths)
    crowd = [
        asyncio.create_task(length_of("w" * (1 + number))) for number in range(MOST * AT_ONCE + 1)
    ]
    await storage.was_asked.wait()
    await asyncio.sleep(0)
    later = asyncio.create_task(length_of("volt"))
    await asyncio.sleep(0)

    storage.may_answer.set()
    told = await asyncio.gather(*crowd, return_exceptions=True)
    await asyncio.gather(later, return_exceptions=True)

    assert {type(each) for each in told} == {StorageUnavailable}
    last = "w" * (MOST * AT_ONCE + 1)
    assert any(last in asked for asked in storage.asked) is not is_told
    assert any("volt" in asked for asked in storage.asked)


async def test_who_gives_up_does_not_stop_the_others(storage: Storage) -> None:
    length_of = Gathered(storage.lengths)
    leaving = asyncio.create_task(length_of("watt"))
    staying = asyncio.create_task(length_of("watt"))
    await storage.was_asked.wait()

    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    storage.may_answer.set()

    assert leaving.cancelled()
    assert await staying == 4


@pytest.mark.parametrize("count", [1, 2, 4, 5, MOST - 1, MOST])
def test_a_few_sizes_hold_any_number_of_keys(count: int) -> None:
    keys = [f"key {number}" for number in range(count)]

    full = filled(keys)

    assert len(full) in SIZES
    assert full[:count] == keys
    assert set(full) == set(keys)
