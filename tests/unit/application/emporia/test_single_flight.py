import asyncio

import pytest

from application.emporia.cloud.single_flight import SingleFlight


class Work:
    """Work that ends when told, and counts how often it was begun."""

    def __init__(self) -> None:
        self.begun = 0
        self.may_end = asyncio.Event()

    async def __call__(self) -> int:
        self.begun += 1
        await self.may_end.wait()
        return self.begun

    async def fail(self) -> int:
        await self()
        raise LookupError


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def flights() -> SingleFlight[int]:
    return SingleFlight()


async def begin(*callers) -> list[asyncio.Task[int]]:
    """Start every caller and let each come as far as it can."""
    tasks = [asyncio.ensure_future(caller) for caller in callers]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


async def test_callers_at_the_same_time_share_one_run(flights, work) -> None:
    callers = await begin(flights("key", work), flights("key", work))
    work.may_end.set()
    assert await asyncio.gather(*callers) == [1, 1]


async def test_a_later_caller_starts_anew(flights, work) -> None:
    work.may_end.set()
    assert [await flights("key", work), await flights("key", work)] == [1, 2]


async def test_other_keys_fly_by_themselves(flights, work) -> None:
    callers = await begin(flights("one", work), flights("other", work))
    work.may_end.set()
    await asyncio.gather(*callers)
    assert work.begun == 2


async def test_a_failure_is_everybodys_and_is_over_with_them(flights, work) -> None:
    callers = await begin(flights("key", work.fail), flights("key", work.fail))
    work.may_end.set()
    outcomes = await asyncio.gather(*callers, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [LookupError, LookupError]
    assert await flights("key", work) == 2


async def test_a_caller_who_gives_up_does_not_stop_the_others(flights, work) -> None:
    impatient, patient = await begin(flights("key", work), flights("key", work))
    impatient.cancel()
    work.may_end.set()
    assert await patient == 1


async def test_a_failure_that_nobody_waits_for_any_more_is_no_complaint(flights, work) -> None:
    (caller,) = await begin(flights("key", work.fail))
    caller.cancel()
    work.may_end.set()
    await begin()
    assert await flights("key", work) == 2


async def test_closing_stops_what_runs(flights, work) -> None:
    (caller,) = await begin(flights("key", work))
    await flights.close()
    with pytest.raises(asyncio.CancelledError):
        await caller
