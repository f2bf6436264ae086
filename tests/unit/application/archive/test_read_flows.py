from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.fake.emporia.emporia_gateway import HOME, HOME_LOCATION
from application.archive.flows.read_flows import FlowsAnswer, FlowsQuery
from domain.accounts.keys import KeyLimits
from domain.archive.flows.sums import FlowQuality
from domain.archive.series import Series, SeriesName
from domain.emporia.channels import MAINS, Channel, ChannelRole
from domain.emporia.devices import Address, Device, Location
from domain.emporia.kinds import DeviceKind
from domain.emporia.usage import ChartUsage, Scale
from domain.errors import InvalidInput, NotLinked
from tests.unit.application.archive.kept import MIDNIGHT, instant, keep, limited

KWH = 3_600_000_000
SUN = SeriesName(1000, "1")
CHANNELS = (Channel(number=MAINS), Channel(number="1", role=ChannelRole.SUN), Channel(number="2"))
PANEL = Device(
    gid=1000,
    kind=DeviceKind.PANEL,
    name="Home",
    location=HOME_LOCATION,
    channels=CHANNELS,
)
DAYS_AGO = MIDNIGHT - 4 * 86_400
NOTHING = ChartUsage(first_usage_instant=None, usages=[])


@pytest.fixture
async def caller(world) -> Any:
    """Somebody with a roof, of whom Emporia has forgotten everything."""
    world.cloud.devices = (PANEL,)
    world.cloud.chart_told = NOTHING
    return await world.resident()


async def flows(
    world, caller, *, hours: float, scale: Scale, start: int = MIDNIGHT, home: int | None = None
) -> FlowsAnswer:
    told: FlowsAnswer = await world.read_flows(
        FlowsQuery(
            caller=caller,
            home=home,
            start=instant(start),
            end=instant(start) + timedelta(hours=hours),
            scale=scale,
        )
    )
    return told


async def keep_both(
    world,
    scale: Scale,
    mains: list[float | None],
    sun: list[float | None],
    *,
    start: int = MIDNIGHT,
) -> None:
    await keep(world, scale, mains, start=start)
    await keep(world, scale, sun, start=start, series=Series(HOME, SUN))


def kilowatt_hours(answer: FlowsAnswer, name: str) -> list[float | None]:
    told = [getattr(bucket.flow, name) for bucket in answer.buckets]
    return [None if each is None else each / KWH for each in told]


async def test_each_minute_goes_one_way(world, caller) -> None:
    await keep_both(world, Scale.MINUTE, [1.0, -2.0, None], [0.0, -3.0, -3.0])
    answer = await flows(world, caller, hours=0.05, scale=Scale.MINUTE)
    assert kilowatt_hours(answer, "imported") == [1.0, 0.0, None]
    assert kilowatt_hours(answer, "exported") == [0.0, 2.0, None]
    assert kilowatt_hours(answer, "consumed") == [1.0, 1.0, None]
    assert [each.quality for each in answer.buckets[:2]] == [FlowQuality.MEASURED] * 2
    assert answer.coverage == 1
    assert answer.first_instant == instant(MIDNIGHT)


async def test_an_hour_tells_what_went_each_way_where_its_minutes_are_known(world, caller) -> None:
    await keep_both(world, Scale.MINUTE, [1.0, -2.0] * 30, [-3.0, 0.0] * 30)
    answer = await flows(world, caller, hours=1, scale=Scale.HOUR)
    assert kilowatt_hours(answer, "imported") == [30.0]
    assert kilowatt_hours(answer, "exported") == [60.0]
    assert answer.buckets[0].quality is FlowQuality.MEASURED


async def test_hours_that_emporia_alone_tells_of_are_netted(world, caller) -> None:
    await keep_both(world, Scale.HOUR, [-30.0, 1.0], [-90.0, 0.0])
    answer = await flows(world, caller, hours=2, scale=Scale.HOUR)
    assert kilowatt_hours(answer, "exported") == [30.0, 0.0]
    assert [each.quality for each in answer.buckets] == [FlowQuality.NETTED] * 2


async def test_hours_that_can_still_change_are_told_as_they_are_now(world, caller) -> None:
    noon = MIDNIGHT + 12 * 3600
    world.cloud.chart_told = ChartUsage(first_usage_instant=instant(noon), usages=[0.5])
    answer = await flows(world, caller, hours=1, scale=Scale.HOUR, start=noon)
    assert kilowatt_hours(answer, "imported") == [0.5]


async def test_quarters_are_netted(world, caller) -> None:
    await keep_both(world, Scale.QUARTER_HOUR, [1.0, -2.0], [0.0, -3.0])
    answer = await flows(world, caller, hours=0.5, scale=Scale.QUARTER_HOUR)
    assert [each.quality for each in answer.buckets] == [FlowQuality.NETTED] * 2


async def test_a_day_adds_up_its_hours_in_the_homes_own_time(world, caller) -> None:
    await keep_both(world, Scale.HOUR, [1.0] * 48, [-2.0] * 48, start=DAYS_AGO)
    answer = await flows(world, caller, hours=1, scale=Scale.DAY, start=DAYS_AGO + 20 * 3600)
    assert kilowatt_hours(answer, "imported") == [24.0]
    assert kilowatt_hours(answer, "generated") == [48.0]
    assert answer.first_instant == instant(DAYS_AGO + 5 * 3600)


async def test_a_day_that_begins_within_an_hour_has_the_quarters_of_it(world, caller) -> None:
    kolkata = Location(ZoneInfo("Asia/Kolkata"))
    world.cloud.devices = (
        Device(gid=1000, kind=DeviceKind.PANEL, location=kolkata, channels=CHANNELS),
    )
    await keep_both(world, Scale.QUARTER_HOUR, [1.0] * 192, [-2.0] * 192, start=DAYS_AGO)
    answer = await flows(world, caller, hours=1, scale=Scale.DAY, start=DAYS_AGO + 20 * 3600)
    assert kilowatt_hours(answer, "imported") == [96.0]


async def test_what_is_partly_known_is_left_out(world, caller) -> None:
    await keep_both(world, Scale.MINUTE, [1.0] * 90, [0.0] * 120)
    answer = await flows(world, caller, hours=2, scale=Scale.HOUR)
    assert kilowatt_hours(answer, "imported") == [60.0, None]
    assert answer.buckets[1].flow.generated == 0


async def test_too_many_buckets_are_refused_before_anything_is_asked(world, caller) -> None:
    asked = world.cloud.requests("chart")
    with pytest.raises(InvalidInput, match="more than"):
        await flows(world, caller, hours=24 * 365 * 100, scale=Scale.DAY)
    assert world.cloud.requests("chart") == asked


async def test_nobody_without_a_link_has_a_home(world) -> None:
    with pytest.raises(NotLinked):
        await flows(world, await world.sign_up(), hours=1, scale=Scale.HOUR)


async def test_an_account_without_a_panel_has_no_home(world) -> None:
    world.cloud.devices = (Device(gid=1001, kind=DeviceKind.PLUG),)
    with pytest.raises(InvalidInput, match="no panel"):
        await flows(world, await world.resident(), hours=1, scale=Scale.HOUR)


async def test_of_several_homes_one_has_to_be_named(world) -> None:
    there = Location(HOME_LOCATION.zone, address=Address(zip_code="80202"))
    cabin = Device(gid=2000, kind=DeviceKind.PANEL, location=there, channels=CHANNELS[:1])
    world.cloud.devices = (PANEL, cabin)
    caller = await world.resident()
    for named in (None, 1001):
        with pytest.raises(InvalidInput, match=r"one of 1000 \(Home\), 2000 \(no name\)"):
            await flows(world, caller, hours=1, scale=Scale.HOUR, home=named)
    answer = await flows(world, caller, hours=1, scale=Scale.HOUR, home=2000)
    assert answer.home.roots == (2000,)


async def test_a_key_that_does_not_see_all_of_a_home_does_not_see_it(world, caller) -> None:
    of_circuit = limited(caller, KeyLimits(channels=frozenset({(1000, MAINS)})))
    with pytest.raises(InvalidInput, match="no home is known"):
        await flows(world, of_circuit, hours=1, scale=Scale.HOUR)
    of_panel = limited(caller, KeyLimits(devices=frozenset({1000})))
    answer = await flows(world, of_panel, hours=1, scale=Scale.HOUR)
    assert answer.home.roots == (1000,)
