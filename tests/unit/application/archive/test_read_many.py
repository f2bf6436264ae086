from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.fake.emporia.emporia_gateway import HOME_LOCATION
from application.archive.read_many import MOST_SERIES, ManyQuery
from domain.accounts.keys import KeyLimits
from domain.archive.quality import Quality
from domain.archive.series import SeriesName
from domain.emporia.channels import Channel
from domain.emporia.devices import Device, Location
from domain.emporia.usage import ChartUsage, EnergyUnit, Scale
from domain.errors import (
    EmporiaRefusedRequest,
    InvalidInput,
    NotLinked,
    UnknownDevice,
    UnknownSeries,
)
from tests.unit.application.archive.kept import MAINS, MIDNIGHT, PLUG, instant, keep, limited

BOTH = (MAINS, PLUG)
CIRCUIT = SeriesName(1000, "1")
START = instant(MIDNIGHT)


def query(
    caller,
    *,
    names=BOTH,
    hours: float = 3,
    start: datetime = START,
    scale: Scale = Scale.HOUR,
    unit: EnergyUnit = EnergyUnit.KILOWATT_HOURS,
) -> ManyQuery:
    return ManyQuery(
        caller=caller,
        names=names,
        start=start,
        end=start + timedelta(hours=hours),
        scale=scale,
        unit=unit,
    )


def with_circuit(world, *, plug: Location | None = None) -> None:
    """A home whose panel has a circuit; the plug may be elsewhere."""
    world.cloud.devices = (
        Device(gid=1000, location=HOME_LOCATION, channels=(Channel(number="1"),), devices=()),
        Device(gid=1001, location=plug or HOME_LOCATION),
    )


async def test_series_are_answered_in_the_order_of_the_question(world) -> None:
    caller = await world.resident()
    for names in (BOTH, BOTH[::-1]):
        answers = await world.read_many(query(caller, names=names))
        assert [name for name, _ in answers] == list(names)
        for _, answer in answers:
            assert answer.first_usage_instant == instant(MIDNIGHT)
            assert answer.usages == [1.0, 1.0, 1.0]
            assert answer.quality == [(Quality.LIVE, 3)]
            assert answer.coverage == 1.0


async def test_what_is_held_is_not_asked_for(world) -> None:
    caller = await world.resident()
    await keep(world, Scale.HOUR, [5.0, None, 7.0])
    ((_, answer),) = await world.read_many(query(caller, names=[MAINS]))
    assert world.cloud.requests("chart") == 0
    assert answer.usages == [5.0, None, 7.0]
    assert answer.quality == [(Quality.LIVE, 1), (Quality.MISSING, 1), (Quality.LIVE, 1)]
    assert answer.coverage == pytest.approx(2 / 3)


async def test_many_buckets_by_the_calendar_are_made_beside_the_event_loop(world) -> None:
    caller = await world.resident()
    before = world.heavy_work.done
    answers = await world.read_many(query(caller, hours=24 * 5, scale=Scale.DAY))
    assert world.heavy_work.done > before
    assert len(answers[0][1].usages) == 6


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], "name 1 to 64"),
        ([SeriesName(1, str(at)) for at in range(MOST_SERIES + 1)], "name 1 to 64"),
        ([MAINS, MAINS], "named twice"),
    ],
)
async def test_some_series_are_named_each_once(world, names, sentence) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        query(await world.resident(), names=names)


async def test_other_units_are_refused_with_where_they_are_told(world) -> None:
    with pytest.raises(InvalidInput, match="only KilowattHours are kept"):
        query(await world.resident(), unit=EnergyUnit.DOLLARS)


async def test_together_they_may_have_as_many_buckets_as_one_alone(make_world) -> None:
    world = make_world(most_buckets=7)
    caller = await world.resident()
    await world.read_many(query(caller, hours=3))
    with pytest.raises(InvalidInput, match="more than 3 buckets of 1H"):
        await world.read_many(query(caller, hours=4))
    await world.read_many(query(caller, names=[MAINS], hours=4))


async def test_without_a_link_there_is_nothing_to_read(world) -> None:
    with pytest.raises(NotLinked):
        await world.read_many(query(await world.sign_up()))


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        (SeriesName(9, "1,2,3"), UnknownDevice),
        (SeriesName(1000, "7"), UnknownSeries),
        (SeriesName(1001, "1"), UnknownSeries),
    ],
)
async def test_what_is_not_there_is_unknown_and_costs_nothing(world, name, refusal) -> None:
    with_circuit(world)
    caller = await world.resident()
    with pytest.raises(refusal):
        await world.read_many(query(caller, names=[MAINS, name]))
    assert world.cloud.requests("chart") == 0


async def test_a_limited_key_sees_its_own_series_alone(world) -> None:
    with_circuit(world)
    caller = await world.resident()
    by_key = limited(caller, KeyLimits(channels=frozenset({(1000, "1")})))
    assert len(await world.read_many(query(by_key, names=[CIRCUIT]))) == 1
    with pytest.raises(UnknownSeries):
        await world.read_many(query(by_key, names=[CIRCUIT, MAINS]))
    with pytest.raises(UnknownDevice):
        await world.read_many(query(by_key, names=[PLUG]))


async def test_a_circuit_that_emporia_refuses_is_unknown_and_mains_are_its_own_affair(
    world,
) -> None:
    with_circuit(world)
    caller = await world.resident()
    world.cloud.failure = EmporiaRefusedRequest()
    with pytest.raises(UnknownSeries, match="no series '1' for device 1000"):
        await world.read_many(query(caller, names=[CIRCUIT]))
    with pytest.raises(EmporiaRefusedRequest):
        await world.read_many(query(caller, names=[MAINS]))


@pytest.mark.parametrize(
    "elsewhere",
    [Location(ZoneInfo("Asia/Tokyo")), Location(HOME_LOCATION.zone, billing_cycle_start_day=9)],
)
async def test_from_a_day_up_series_of_several_calendars_are_not_mixed(world, elsewhere) -> None:
    with_circuit(world, plug=elsewhere)
    caller = await world.resident()
    with pytest.raises(InvalidInput, match="ask for one at a time"):
        await world.read_many(query(caller, hours=48, scale=Scale.DAY))
    assert len(await world.read_many(query(caller))) == 2


async def test_days_that_emporia_begins_elsewhere_are_not_told_as_ours(world) -> None:
    caller = await world.resident()
    world.cloud.chart_told = ChartUsage(first_usage_instant=instant(MIDNIGHT), usages=[1.0, 2.0])
    with pytest.raises(InvalidInput, match="the days of 1000:1,2,3 do not begin where"):
        await world.read_many(query(caller, hours=48, scale=Scale.DAY))
