import asyncio
import threading
from datetime import UTC, datetime, timedelta

import pytest

from application.archive.read_history import HistoryQuery
from domain.archive.windows import HistoryRange
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import (
    BudgetSpent,
    EmporiaRefusedRequest,
    EmporiaUnavailable,
    InvalidInput,
    NotLinked,
    UnknownSeries,
)

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)


def query(
    caller, *, hours: float = 24, scale: Scale = Scale.HOUR, channel: str = "1,2,3", gid: int = 1000
) -> HistoryQuery:
    return HistoryQuery(
        caller=caller,
        gid=gid,
        channel=channel,
        start=MIDNIGHT,
        end=MIDNIGHT + timedelta(hours=hours),
        scale=scale,
        unit=EnergyUnit.KILOWATT_HOURS,
    )


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
    history = await world.read_history(query(caller, hours=36.5, scale=Scale.MINUTE))
    assert world.cloud.requests("chart") == 4
    assert history.usages == [1.0] * round(36.5 * 60)


async def test_a_range_that_the_budget_does_not_hold_costs_nothing(make_world) -> None:
    world = make_world(daily_requests=10)
    caller = await world.resident()
    with pytest.raises(InvalidInput):
        await world.read_history(query(caller, hours=24 * 6, scale=Scale.MINUTE))
    with pytest.raises(BudgetSpent):
        await world.read_history(query(caller, hours=24 * 5, scale=Scale.MINUTE))
    assert world.cloud.requests("chart") == 0


async def test_a_few_requests_run_at_once_and_not_more(world) -> None:
    caller = await world.resident()
    world.cloud.answer_seconds = 1
    read = asyncio.create_task(world.read_history(query(caller, hours=48, scale=Scale.MINUTE)))
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
        await world.read_history(query(caller, hours=24 * 7, scale=Scale.MINUTE))
    assert world.cloud.requests("chart") < 14


async def test_without_a_link_there_is_no_history(world) -> None:
    with pytest.raises(NotLinked):
        await world.read_history(query(await world.sign_up()))


@pytest.mark.parametrize(("scale", "hours"), [(Scale.SECOND, 2), (Scale.DAY, 24 * 1100)])
async def test_a_wide_range_is_counted_through_beside_the_event_loop(
    world, monkeypatch, scale, hours
) -> None:
    counted_in: list[str] = []

    class Watched(HistoryRange):
        def __post_init__(self) -> None:
            counted_in.append(threading.current_thread().name)
            HistoryRange.__post_init__(self)

    monkeypatch.setattr("application.archive.read_history.HistoryRange", Watched)
    caller = await world.resident()
    history = await world.read_history(query(caller, hours=hours, scale=scale))
    await world.read_history(query(caller, hours=1))
    assert len(history.usages) >= hours / 24
    assert [name == "MainThread" for name in counted_in] == [False, True]
