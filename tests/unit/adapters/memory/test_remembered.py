import asyncio

import pytest

from adapters.memory.remembered import Remembered


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
    overtaken = asyncio.create_task(remembered("one"))
    await asyncio.sleep(0)
    shelf.numbers["one"] = 1
    remembered.forget("one")
    shelf.may_answer.set()
    assert await overtaken is None
    assert await remembered("one") == 1
