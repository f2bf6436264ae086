"""What monitoring is told of a gateway."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest

from adapters.fake.operations.storage_health import InMemoryStorageHealth
from adapters.fake.operations.storage_size import FixedStorageSize
from adapters.memory.emporia_user_pool import CountingEmporiaUserPool
from application.accounts.access import Caller
from application.accounts.sessions.log_in import Credentials
from application.live.feed.mailbox import Mailbox
from application.live.feed.subscription import PLAIN
from application.operations.call_times import CallTimes
from application.operations.count_outcomes import CountOutcomes
from application.operations.read_figures import ReadFigures
from domain.emporia.events import BreakerClosed, BreakerOpened
from domain.errors import EmporiaTokenRefused, EmporiaUnavailable, WrongCredentials
from domain.histogram import Histogram


@pytest.fixture
def storage() -> InMemoryStorageHealth:
    return InMemoryStorageHealth()


@pytest.fixture
def call_times() -> CallTimes:
    return CallTimes(counts_calls=True)


Told = Callable[[], Awaitable[dict[str, dict[str, Any]]]]


def figures_of(world: Any, storage: InMemoryStorageHealth, call_times: CallTimes) -> Told:
    """Reads all figures: `{name: {label values: figure}}`, "" where there is no label."""
    outcomes = CountOutcomes()
    outcomes.listen(world.events)
    pool = world.counting_pool = CountingEmporiaUserPool(world.pool)
    read = ReadFigures(
        open_streams=world.open_streams,
        feeds=world.feeds,
        live_counts=world.live_counts,
        outcomes=outcomes,
        event_counts=world.event_counts,
        refreshes=lambda: pool.refreshes,
        budgets=world.budgets,
        passwords=world.passwords,
        call_times=call_times,
        storage=storage,
        storage_size=FixedStorageSize(database=4096),
    )

    async def told() -> dict[str, dict[str, Any]]:
        return {
            figure.name: {"".join(labels.values()): value for labels, value in figure.values}
            for figure in await read()
        }

    return told


@pytest.fixture
def figures(world, storage, call_times) -> Told:
    return figures_of(world, storage, call_times)


@pytest.fixture
async def watch() -> AsyncIterator[Callable[..., Awaitable[None]]]:
    """Lets somebody watch, who reads all there is or nothing."""
    reading: set[asyncio.Task[None]] = set()

    async def read(mailbox: Mailbox) -> None:
        while not mailbox.has_ended:
            await mailbox.take()

    async def watch(world: Any, caller: Caller, *, reads: bool = True) -> None:
        stream = await world.open(caller)
        world.stream_usage.subscribe(stream, PLAIN)
        await world.stream_usage.watch(stream)
        if reads:
            reading.add(asyncio.create_task(read(stream.outlet)))
        await world.clock.settle()

    yield watch
    for task in reading:
        task.cancel()
    await asyncio.gather(*reading, return_exceptions=True)


async def test_streams_feeds_and_frames_are_counted(world, watch, figures) -> None:
    caller = await world.resident()
    for _ in range(3):
        await watch(world, caller)
    before = (await figures())["frames"][""]
    await world.clock.advance(10)
    told = await figures()

    assert (told["streams"], told["feeds"]) == ({"": 3}, {"": 1})
    assert told["frames"][""] - before == 30
    assert told["frames_missed"] == {"": 0}


async def test_a_frame_that_a_slow_reader_never_took_is_missed(world, watch, figures) -> None:
    await watch(world, await world.resident(), reads=False)
    await world.clock.advance(10)
    told = await figures()

    assert told["frames_missed"][""] == told["frames"][""] - 1


async def test_ticks_that_leave_in_time_have_no_lag(world, watch, figures) -> None:
    await watch(world, await world.resident())
    await world.clock.advance(10)
    lag = (await figures())["tick_lag_seconds"][""]

    assert isinstance(lag, Histogram)
    assert lag.counts[0] == sum(lag.counts) >= 10


async def test_polls_are_counted_by_outcome(world, watch, figures) -> None:
    await watch(world, await world.resident())
    world.cloud.failures.extend([EmporiaUnavailable()] * 2)
    await world.clock.advance(120)
    polls = (await figures())["polls"]

    assert polls["answered"] > 0
    assert polls["EmporiaUnavailable"] == 2


async def test_breakers_count_from_the_first_opening_until_they_close(world, figures) -> None:
    for pause in (1.0, 2.0):
        await world.events.publish(
            BreakerOpened(partner="account 42", trouble="", failures=3, pause_seconds=pause)
        )
    assert (await figures())["breakers_open"] == {"": 1}

    await world.events.publish(BreakerClosed(partner="account 42", failures=3))
    assert (await figures())["breakers_open"] == {"": 0}


async def test_sign_ins_and_refreshes_are_counted_by_outcome(world, figures) -> None:
    caller = await world.resident()
    with suppress(WrongCredentials):
        await world.log_in(Credentials(email="ada@example.com", password="wrong"))
    link = await world.links.of_user(caller.user.id)
    await world.counting_pool.refresh(link.tokens)
    world.pool.revoked.add(link.tokens.refresh_token)
    with suppress(EmporiaTokenRefused):
        await world.counting_pool.refresh(link.tokens)
    told = await figures()

    assert told["sign_ins"] == {"accepted": 1, "refused": 1}
    assert told["refreshes"] == {"renewed": 1, "EmporiaTokenRefused": 1}
    assert told["events"]["LinkMade"] == 1


async def test_signing_in_at_emporia_is_passed_on(world, figures) -> None:
    assert await figures()
    [(name, password)] = world.pool.passwords.items()
    signed_in = await world.counting_pool.sign_in(name, password)

    assert signed_in.subject == name


async def test_what_is_left_of_budgets_is_told_by_account(make_world, storage, call_times) -> None:
    world = make_world(daily_requests=100)
    await world.resident()
    told = await figures_of(world, storage, call_times)()

    assert told["budget_left"] == {"42": world.budgets.left(42)}


async def test_without_a_limit_there_is_no_budget_to_tell(world, figures) -> None:
    await world.resident()

    assert (await figures())["budget_left"] == {}


async def test_calls_are_timed_by_route_and_hundreds_of_their_status(figures, call_times) -> None:
    for status in (200, 204, 503):
        call_times.add("GET", "/me", status, 0.004)
    told = (await figures())["call_seconds"]

    assert {labels: sum(times.counts) for labels, times in told.items()} == {
        "GET/me2xx": 2,
        "GET/me5xx": 1,
    }


async def test_the_database_is_reachable_or_not_and_has_a_size(figures, storage) -> None:
    assert (await figures())["database_reachable"] == {"": 1.0}
    storage.reachable = False
    told = await figures()

    assert told["database_reachable"] == {"": 0.0}
    assert told["database_bytes"] == {"database": 4096}
