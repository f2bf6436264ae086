import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from adapters.fake.emporia.emporia_links import InMemoryEmporiaLinkRepository
from application.archive.record import LONGEST_REST_SECONDS
from domain.archive.recording.recorder import STEP_SECONDS, Recording, Seconds
from domain.archive.series import Series
from domain.emporia.links import AccountId
from domain.emporia.usage import ChartUsage, Scale
from domain.errors import (
    EmporiaRefusedRequest,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    StorageUnavailable,
)
from tests.unit.application.archive.kept import (
    MAINS,
    MIDNIGHT,
    NOON,
    PLUG,
    FullChunkStore,
    grid,
    instant,
)
from tests.unit.application.conftest import World

DAY = 86_400


class BrokenLinks(InMemoryEmporiaLinkRepository):
    """Can't be read."""

    async def accounts(self) -> list[AccountId]:
        raise StorageUnavailable


async def begun(world: World, *, days: float = 2) -> None:
    """Somebody's home, whose devices have measured for so many days."""
    await world.resident()
    for gid in (MAINS.gid, PLUG.gid):
        await world.archives.note_first_known(HOME, gid, NOON - int(days * DAY))


async def step(world: World, times: int = 1) -> None:
    for _ in range(times):
        await world.record.step(HOME)


async def until_done(world: World) -> int:
    """Steps until nothing is left of the plan; how many errands it had."""
    await step(world)
    plan = world.record.progress[HOME].plan
    assert plan is not None
    left = len(plan.errands)
    await step(world, left)
    assert not plan.errands
    return left + 1


async def test_the_first_step_plans_and_asks_when_each_device_began_to_measure(world) -> None:
    await world.resident()
    await step(world)
    assert world.cloud.requests("chart") == 3
    ten_years_ago = instant(MIDNIGHT).replace(year=2016, hour=5)
    began = {gid: int(ten_years_ago.timestamp()) for gid in (1000, 1001)}
    assert await world.archives.first_known(HOME) == began
    await world.clock.advance(1000)
    await step(world)
    assert world.cloud.requests("chart") == 4


@pytest.mark.parametrize(
    "told",
    [
        ChartUsage(first_usage_instant=None, usages=[]),
        ChartUsage(first_usage_instant=instant(MIDNIGHT), usages=[None, 0.0]),
    ],
)
async def test_a_device_that_measured_nothing_yet_began_now(world, told) -> None:
    await world.resident()
    world.cloud.chart_told = told
    await step(world)
    assert await world.archives.first_known(HOME) == {1000: NOON, 1001: NOON}
    assert not world.record.progress[HOME].plan.errands


async def test_a_device_whose_months_emporia_refuses_began_now(world) -> None:
    await world.resident()
    world.cloud.failures.append(EmporiaRefusedRequest())
    await step(world)
    assert (await world.archives.first_known(HOME))[1000] == NOON
    assert (await world.archives.first_known(HOME))[1001] < NOON


async def test_the_first_month_with_a_figure_is_when_a_device_began(world) -> None:
    await world.resident()
    world.cloud.chart_told = ChartUsage(
        first_usage_instant=instant(MIDNIGHT).replace(year=2025, month=6, hour=4),
        usages=[None, 0.0, 3.0, 4.0],
    )
    await step(world)
    august = instant(MIDNIGHT).replace(year=2025, month=8, hour=4)
    assert set((await world.archives.first_known(HOME)).values()) == {int(august.timestamp())}


async def test_everything_is_asked_for_once_and_kept(world) -> None:
    await begun(world)
    errands = await until_done(world)
    assert world.cloud.requests("chart") == errands
    told = await world.read_archive(
        Series(HOME, PLUG), grid(Scale.MINUTE, NOON - DAY, NOON - DAY + 3600)
    )
    assert told.usages == [1.0] * 60
    await world.clock.advance(1000)
    await step(world, 5)
    # At noon an hour of seconds came to its end, and twelve of minutes of two devices.
    assert world.cloud.requests("chart") == errands + 3


async def test_what_was_asked_for_is_not_asked_for_by_the_next_process(world) -> None:
    await begun(world)
    await until_done(world)
    world.record.progress.clear()
    made = world.cloud.requests("chart")
    await step(world, 3)
    assert world.cloud.requests("chart") == made
    assert not world.record.progress[HOME].plan.errands


async def test_a_plan_is_made_anew_each_quarter_of_an_hour(world) -> None:
    await begun(world)
    await until_done(world)
    plan = world.record.progress[HOME].plan
    await world.clock.advance(899)
    await step(world)
    assert world.record.progress[HOME].plan is plan
    await world.clock.advance(1)
    await step(world)
    assert world.record.progress[HOME].plan is not plan


async def test_a_day_later_the_day_is_asked_for(world) -> None:
    await begun(world)
    await until_done(world)
    made = world.cloud.requests("chart")
    await world.clock.advance(12 * 3600)
    await until_done(world)
    # Of two devices twelve hours of minutes, and what is left of the seconds of the mains.
    assert 2 <= world.cloud.requests("chart") - made <= 6


async def test_a_series_that_emporia_does_not_have_is_empty_and_not_asked_for_again(world) -> None:
    await begun(world, days=0.2)
    await step(world)
    world.cloud.failure = EmporiaRefusedRequest()
    plan = world.record.progress[HOME].plan
    await step(world, len(plan.errands))
    assert not plan.errands
    world.record.progress.clear()
    made = world.cloud.requests("chart")
    world.cloud.failure = None
    await step(world)
    assert world.cloud.requests("chart") == made


async def test_what_is_set_aside_is_what_a_day_takes(make_world) -> None:
    world = make_world(daily_requests=2000)
    await begun(world)
    await step(world)
    assert world.record.progress[HOME].plan.set_aside == 2 * 2 + 24
    assert (await world.budgets.status(HOME)).spent == world.cloud.requests("chart") + 1


async def test_the_fill_pauses_while_somebody_watches_and_the_day_does_not(world) -> None:
    await begun(world, days=400)
    world.record.watchers = Watched()
    await step(world)
    plan = world.record.progress[HOME].plan
    await step(world, len(plan.errands))
    assert plan.errands
    assert not any(errand.is_of_the_day for errand in plan.errands)
    assert {errand.scale for errand in plan.errands} == {Scale.QUARTER_HOUR, Scale.HOUR}
    assert world.record.progress[HOME].waits_for == "watchers"
    world.record.watchers = world.feeds
    left = len(plan.errands)
    await step(world)
    assert len(plan.errands) == left - 1
    assert world.record.progress[HOME].waits_for is None


class Watched:
    """Somebody always looks."""

    def are_watched(self, account: AccountId) -> bool:
        return account == HOME


async def test_an_outage_is_waited_for_and_nothing_is_lost(world) -> None:
    await begun(world)
    await step(world)
    plan = world.record.progress[HOME].plan
    left = list(plan.errands)
    world.cloud.failure = EmporiaUnavailable(retry_after_seconds=60)
    await step(world)
    progress = world.record.progress[HOME]
    assert progress.waits_for == "cloud"
    assert progress.doing is None
    assert list(plan.errands) == left
    world.cloud.failure = None
    made = world.cloud.requests("chart")
    await step(world)
    assert world.cloud.requests("chart") == made
    await world.clock.advance(LONGEST_REST_SECONDS)
    await step(world)
    assert list(plan.errands) == left[1:]
    assert progress.waits_for is None


async def test_a_spent_budget_is_waited_for_but_looked_at_every_few_minutes(make_world) -> None:
    world = make_world(daily_requests=10)
    await begun(world)
    await step(world, 12)
    progress = world.record.progress[HOME]
    assert progress.waits_for == "budget"
    assert progress.waits_until == world.clock.monotonic() + LONGEST_REST_SECONDS
    await world.clock.advance(DAY + 120)
    await step(world)
    assert progress.waits_for is None


async def test_a_full_disk_is_waited_for_and_the_errand_is_done_again(world) -> None:
    await begun(world)
    await step(world)
    plan = world.record.progress[HOME].plan
    left = len(plan.errands)
    world.keep_readings.store = FullChunkStore()
    await step(world)
    assert world.record.progress[HOME].waits_for == "storage"
    assert len(plan.errands) == left
    world.keep_readings.store = world.chunk_store
    await world.clock.advance(STEP_SECONDS)
    await step(world)
    assert len(plan.errands) == left - 1


async def test_through_a_dead_link_nothing_is_asked(world) -> None:
    await begun(world)
    (user_id,) = world.store.links
    world.store.links[user_id] = replace(world.store.links[user_id], tokens=None)
    made = len(world.cloud.calls)
    await step(world)
    assert world.record.progress[HOME].waits_for == "link"
    assert len(world.cloud.calls) == made


async def test_a_link_that_dies_under_way_is_waited_for(world) -> None:
    await begun(world)
    await step(world)
    (link,) = world.store.links.values()
    world.pool.revoked.add(link.tokens.refresh_token)
    world.cloud.failures.append(EmporiaTokenRefused())
    left = len(world.record.progress[HOME].plan.errands)
    await step(world)
    assert world.record.progress[HOME].waits_for == "link"
    assert len(world.record.progress[HOME].plan.errands) == left


async def test_what_is_chosen_anew_is_planned_anew(world) -> None:
    await begun(world)
    await until_done(world)
    await world.archives.choose(HOME, Recording(seconds=Seconds.ALL))
    world.record.plan_anew(HOME)
    world.record.plan_anew(AccountId(9))
    await step(world)
    assert {errand.name for errand in world.record.progress[HOME].plan.errands} == {PLUG}
    assert set(world.record.progress) == {HOME}


class BrokenWatchers:
    """What no exception was foreseen for."""

    def are_watched(self, account: AccountId) -> bool:
        raise ZeroDivisionError(account)


async def test_an_account_that_breaks_is_logged_and_left_alone_for_a_while(world, caplog) -> None:
    await begun(world)
    world.record.watchers = BrokenWatchers()
    await step(world, 2)
    progress = world.record.progress[HOME]
    assert [line.exc_info[0] for line in caplog.records] == [ZeroDivisionError]
    assert progress.waits_until == world.clock.monotonic() + LONGEST_REST_SECONDS
    world.record.watchers = Watched()
    await world.clock.advance(LONGEST_REST_SECONDS)
    await step(world, 2)
    assert progress.plan is not None


async def test_a_recorder_that_breaks_because_it_is_stopped_stops(
    world, caplog, monkeypatch
) -> None:
    await begun(world)
    asked = asyncio.Event()

    async def link(*_: object, **__: object) -> None:
        asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            raise ZeroDivisionError

    monkeypatch.setattr("application.archive.record.Record._link", link)
    running = asyncio.create_task(world.record.step(HOME))
    await asyncio.wait_for(asked.wait(), 5)
    running.cancel()
    await asyncio.wait([running], timeout=5)
    assert isinstance(running.exception(), ZeroDivisionError)
    assert caplog.records == []


async def test_the_recorder_goes_on_every_ten_seconds_and_forgets_who_left(world) -> None:
    await begun(world)
    running = asyncio.create_task(world.record.run())
    await world.clock.settle()
    made = world.cloud.requests("chart")
    await world.clock.advance(3 * STEP_SECONDS)
    assert world.cloud.requests("chart") == made + 3
    world.record.links = BrokenLinks(world.store)
    await world.clock.advance(STEP_SECONDS)
    assert set(world.record.progress) == {HOME}  # a moment's trouble loses no plan
    world.record.links = world.links
    world.store.links.clear()
    await world.clock.advance(STEP_SECONDS)
    assert world.record.progress == {}
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_nulls_that_became_figures_are_found_two_days_later(world) -> None:
    await begun(world, days=1)
    world.cloud.chart_told = ChartUsage(first_usage_instant=None, usages=[])
    await until_done(world)
    world.cloud.chart_told = None
    await world.clock.advance(timedelta(hours=47).total_seconds() + 3600)
    await until_done(world)
    last_hour = grid(Scale.MINUTE, NOON - 7200, NOON - 3600)
    assert (await world.read_archive(Series(HOME, MAINS), last_hour)).usages == [1.0] * 60
