import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from application.archive.read_history import HistoryQuery
from domain.accounts.keys import KeyLimits
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.usage import ChartUsage, EnergyUnit, Scale
from domain.errors import (
    BudgetSpent,
    EmporiaRefusedRequest,
    EmporiaUnavailable,
    InvalidInput,
    NotLinked,
    UnknownSeries,
)
from tests.unit.application.archive.kept import limited

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
"""What the clock shows at first."""


def query(
    caller,
    *,
    start: datetime = MIDNIGHT,
    hours: float = 24,
    scale: Scale = Scale.HOUR,
    channel: str = "1,2,3",
    gid: int = 1000,
    unit: EnergyUnit = EnergyUnit.KILOWATT_HOURS,
) -> HistoryQuery:
    return HistoryQuery(
        caller=caller,
        gid=gid,
        channel=channel,
        start=start,
        end=start + timedelta(hours=hours),
        scale=scale,
        unit=unit,
    )


def minutes_until_noon(caller, *, hours: float, **more) -> HistoryQuery:
    """So many hours, of which the last bucket ends now."""
    start = NOON - timedelta(hours=hours)
    return query(caller, start=start, hours=hours, scale=Scale.MINUTE, **more)


async def test_a_range_is_answered_bucket_by_bucket(world) -> None:
    history = await world.read_history(query(await world.resident(), hours=3))
    assert history.first_usage_instant == MIDNIGHT
    assert history.usages == [1.0, 1.0, 1.0]


async def test_days_are_those_of_the_device_or_of_its_parent(world) -> None:
    caller = await world.resident()
    history = await world.read_history(query(caller, scale=Scale.DAY, gid=1001))
    assert history.first_usage_instant == datetime(2026, 2, 28, 5, tzinfo=UTC)
    assert history.usages == [1.0, 1.0]


async def test_a_wide_range_takes_several_requests_and_is_one_series(world) -> None:
    caller = await world.resident()
    history = await world.read_history(minutes_until_noon(caller, hours=36.5))
    assert world.cloud.requests("chart") == 4
    assert history.usages == [1.0] * round(36.5 * 60)


async def test_a_range_that_the_budget_does_not_hold_costs_nothing(make_world) -> None:
    world = make_world(daily_requests=10)
    caller = await world.resident()
    with pytest.raises(InvalidInput):
        await world.read_history(minutes_until_noon(caller, hours=24 * 6))
    with pytest.raises(BudgetSpent):
        await world.read_history(minutes_until_noon(caller, hours=24 * 5))
    assert world.cloud.requests("chart") == 0


async def test_a_few_requests_run_at_once_and_not_more(world) -> None:
    caller = await world.resident()
    world.cloud.answer_seconds = 1
    read = asyncio.create_task(world.read_history(minutes_until_noon(caller, hours=48)))
    await world.clock.settle()
    assert world.cloud.requests("chart") == 3
    await world.clock.advance(2)
    assert len((await read).usages) == 48 * 60


async def test_a_foreign_device_is_refused_without_a_request(world) -> None:
    caller = await world.resident()
    with pytest.raises(InvalidInput, match="devices: 9 not found"):
        await world.read_history(query(caller, gid=9))
    assert world.cloud.requests("chart") == 0


async def test_more_buckets_than_allowed_are_refused_without_a_request(make_world) -> None:
    world = make_world(most_buckets=23)
    caller = await world.resident()
    with pytest.raises(InvalidInput, match="more than 23 buckets of 1H"):
        await world.read_history(query(caller))
    assert world.cloud.requests("chart") == 0


async def test_a_refused_series_is_unknown_and_the_sentence_explains_it(world) -> None:
    caller = await world.resident()
    world.cloud.failure = EmporiaRefusedRequest()
    with pytest.raises(UnknownSeries, match="no series '1,2' for device 1000"):
        await world.read_history(query(caller, channel="1,2"))


async def test_every_device_has_mains_so_that_their_refusal_is_the_clouds(world) -> None:
    caller = await world.resident()
    world.cloud.failure = EmporiaRefusedRequest()
    with pytest.raises(EmporiaRefusedRequest):
        await world.read_history(query(caller))


async def test_one_failed_window_fails_the_whole_and_stops_the_others(world) -> None:
    caller = await world.resident()
    world.cloud.failures.extend([None, EmporiaUnavailable(retry_after_seconds=60)])
    with pytest.raises(EmporiaUnavailable):
        await world.read_history(minutes_until_noon(caller, hours=24 * 7))
    assert world.cloud.requests("chart") < 14


async def test_in_trouble_of_the_account_the_device_list_is_the_probe(world) -> None:
    caller = await world.resident()
    await world.read_history(query(caller, hours=1))
    link = await world.link_of(caller)
    world.cloud.failure = EmporiaUnavailable()
    with pytest.raises(EmporiaUnavailable):
        await world.calls(link, Purpose.STREAM, world.cloud.customer)
    world.cloud.failure = None
    world.cloud.calls.clear()
    await world.clock.advance(1)
    later = query(caller, start=MIDNIGHT + timedelta(hours=2), hours=1)
    assert len((await world.read_history(later)).usages) == 1
    assert [made for made, _ in world.cloud.calls] == ["customer", "chart"]


async def test_a_range_beyond_ones_share_costs_nothing(make_world) -> None:
    world = make_world(daily_requests=20)
    ada = await world.resident("ada@example.com")
    bob = await world.resident("bob@example.com")
    with pytest.raises(InvalidInput, match="more than your share of 10 a day"):
        await world.read_history(minutes_until_noon(ada, hours=6 * 24))
    await world.read_history(minutes_until_noon(ada, hours=3 * 24))
    with pytest.raises(BudgetSpent, match="Your share"):
        await world.read_history(minutes_until_noon(ada, hours=3 * 24, gid=1001))
    await world.read_history(minutes_until_noon(bob, hours=3 * 24, gid=1001))


async def test_without_a_link_there_is_no_history(world) -> None:
    with pytest.raises(NotLinked):
        await world.read_history(query(await world.sign_up()))


@pytest.mark.parametrize(("scale", "hours"), [(Scale.SECOND, 2), (Scale.DAY, 24 * 1100)])
async def test_a_wide_range_is_counted_through_beside_the_event_loop(world, scale, hours) -> None:
    caller = await world.resident()
    for unit in (EnergyUnit.KILOWATT_HOURS, EnergyUnit.DOLLARS):
        counted = world.heavy_work.done
        history = await world.read_history(query(caller, hours=hours, scale=scale, unit=unit))
        assert len(history.usages) >= hours / 24
        assert world.heavy_work.done >= counted + 2

    counted = world.heavy_work.done
    await world.read_history(query(caller, hours=1, unit=EnergyUnit.DOLLARS))
    assert world.heavy_work.done == counted


async def test_days_that_emporia_begins_elsewhere_are_told_as_it_has_them(world) -> None:
    caller = await world.resident()
    world.cloud.chart_told = ChartUsage(first_usage_instant=MIDNIGHT, usages=[1.0, 2.0])
    history = await world.read_history(query(caller, scale=Scale.DAY, hours=48))
    assert history.first_usage_instant == MIDNIGHT
    assert history.usages == [1.0, 2.0]


async def test_a_key_sees_no_series_beyond_its_limits(world) -> None:
    caller = await world.resident()
    by_key = limited(caller, KeyLimits(devices=frozenset({1001})))
    assert len((await world.read_history(query(by_key, gid=1001))).usages) == 24
    with pytest.raises(UnknownSeries):
        await world.read_history(query(by_key, gid=1001, channel="Balance"))
