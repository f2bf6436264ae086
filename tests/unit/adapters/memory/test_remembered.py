import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from adapters.memory.remembering.remembered import Remembered


class Shelf:
    """What is looked up: numbers by name, and how often that was done."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.look_ups = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def __call__(self, name: str) -> int | None:
        self.look_ups += 1
        number = self.numbers.get(name)
        await self.may_answer.wait()
        return number


async def begun(question: Coroutine[Any, Any, int | None]) -> asyncio.Task[int | None]:
    """The question, asked; where nobody knows yet, somebody looks."""
    task = asyncio.create_task(question)
    for _ in range(2):
        await asyncio.sleep(0)
    return task


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


async def test_what_was_looked_up_is_not_looked_up_again(shelf) -> None:
    remembered = Remembered(shelf)
    shelf.numbers["one"] = 1
    assert [await remembered("one") for _ in range(3)] == [1, 1, 1]
    assert shelf.look_ups == 1


async def test_that_there_is_nothing_is_remembered_too(shelf) -> None:
    remembered = Remembered(shelf)
    assert [await remembered("one"), await remembered("one")] == [None, None]
    assert shelf.look_ups == 1


async def test_what_was_forgotten_is_looked_up_anew(shelf) -> None:
    remembered = Remembered(shelf)
    await remembered("one")
    shelf.numbers["one"] = 1
    remembered.forget("one")
    assert await remembered("one") == 1


async def test_what_is_stale_is_looked_up_anew_and_the_rest_is_not(shelf) -> None:
    remembered = Remembered(shelf)
    shelf.numbers.update(one=1, two=2)
    await remembered("one")
    await remembered("two")
    shelf.numbers.update(one=11, two=22)
    remembered.forget_where(lambda name, number: (name, number) == ("one", 1))
    assert [await remembered("one"), await remembered("two")] == [11, 2]


async def test_a_look_up_that_a_change_overtook_is_not_remembered(shelf) -> None:
    remembered = Remembered(shelf)
    shelf.may_answer.clear()
    overtaken = await begun(remembered("one"))
    shelf.numbers["one"] = 1
    remembered.forget("one")
    shelf.may_answer.set()
    assert await overtaken is None
    assert await remembered("one") == 1


async def test_a_crowd_that_asks_at_once_costs_one_look_up(shelf) -> None:
    remembered = Remembered(shelf)
    shelf.numbers["one"] = 1
    shelf.may_answer.clear()
    crowd = [await begun(remembered("one")) for _ in range(3)]
    shelf.may_answer.set()
    assert await asyncio.gather(*crowd) == [1, 1, 1]
    assert shelf.look_ups == 1


async def test_one_of_a_crowd_who_leaves_takes_the_answer_from_nobody(shelf) -> None:
    remembered = Remembered(shelf)
    shelf.numbers["one"] = 1
    shelf.may_answer.clear()
    leaving, staying = [await begun(remembered("one")) for _ in range(2)]
    leaving.cancel()
    shelf.may_answer.set()
    assert await staying == 1


async def test_who_asks_after_a_change_does_not_wait_for_the_answer_of_before(shelf) -> None:
    remembered = Remembered(shelf)
    shelf.may_answer.clear()
    before = await begun(remembered("one"))
    shelf.numbers["one"] = 1
    remembered.forget("one")
    after = await begun(remembered("one"))
    shelf.may_answer.set()
    assert (await before, await after) == (None, 1)
