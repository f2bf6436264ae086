"""What goes which way in a home."""

from hypothesis import given
from hypothesis import strategies as some

from domain.emporia.channels import MAINS, Channel, ChannelRole
from domain.emporia.devices import Device
from domain.emporia.flow import Flow, Parts
from domain.emporia.home_power import Home
from domain.emporia.homes import homes_of
from domain.emporia.kinds import DeviceKind

WHOLE = Channel(number=MAINS)
SUN = Channel(number="1", role=ChannelRole.SUN)
BATTERY = Channel(number="2", role=ChannelRole.BATTERY)
AMOUNTS = some.integers(0, 10**12)
PARTS = some.builds(Parts, AMOUNTS, AMOUNTS)


def device(gid: int, *channels: Channel, kind: DeviceKind = DeviceKind.PANEL, **told) -> Device:
    return Device(gid=gid, kind=kind, channels=(WHOLE, *channels), **told)


def home(*devices: Device) -> Home:
    (only,) = homes_of(devices)
    return only


def flow(home: Home, **told: Parts | None) -> Flow:
    """Of these parts; `p10` are the mains of device 10, `p10_1` its first circuit."""
    parts = {}
    for name, each in told.items():
        gid, _, number = name[1:].partition("_")
        parts[int(gid), number or MAINS] = each
    return home.flow(lambda gid, channel: parts.get((gid, channel)))


def test_what_is_known_by_both_ways_is_told_by_both_ways() -> None:
    told = flow(
        home(device(10, SUN, BATTERY)), p10=Parts(5, 20), p10_1=Parts(1, 60), p10_2=Parts(10, 4)
    )
    assert told == Flow(
        imported=5,
        exported=20,
        generated=60,
        self_used=40,
        charged=10,
        discharged=4,
        consumed=5 - 20 + 60 + 4 - 10,
    )


def test_a_home_without_sun_and_battery_uses_what_it_imports() -> None:
    assert flow(home(device(10)), p10=Parts(7, 0)) == Flow(7, 0, 0, 0, 0, 0, 7)


def test_what_is_unknown_leaves_the_rest_known() -> None:
    whole = home(device(10, SUN, BATTERY))
    without_sun = flow(whole, p10=Parts(5, 0), p10_2=Parts(0, 1))
    assert without_sun == Flow(5, 0, None, None, 0, 1, None)
    without_mains = flow(whole, p10_1=Parts(0, 6), p10_2=Parts(0, 1))
    assert without_mains == Flow(None, None, 6, None, 0, 1, None)
    without_battery = flow(whole, p10=Parts(5, 0), p10_1=Parts(0, 6))
    assert without_battery == Flow(5, 0, 6, 6, None, None, None)


def test_mains_that_say_nothing_flowed_have_no_clamp() -> None:
    assert flow(home(device(10)), p10=Parts(0, 0)).imported is None


def test_a_sun_that_has_no_clamp_is_unknown() -> None:
    assert flow(home(device(10, has_sun=True)), p10=Parts(5, 0)).generated is None


def test_a_home_that_would_give_has_something_without_a_clamp() -> None:
    assert flow(home(device(10)), p10=Parts(0, 5)) == Flow(0, 5, 0, 0, 0, 0, None)


def test_a_clamp_that_knows_no_direction_sees_what_is_given() -> None:
    sun = Channel(number="1", role=ChannelRole.SUN, has_sign=False)
    assert flow(home(device(10, sun)), p10=Parts(1, 0), p10_1=Parts(60, 2)).generated == 62


def test_what_one_panel_gives_another_draws_before_the_meter_sees_it() -> None:
    panels = home(device(10), device(20))
    assert flow(panels, p10=Parts(3, 0), p20=Parts(4, 0))[:2] == (7, 0)
    both_ways = flow(panels, p10=Parts(3, 0), p20=Parts(0, 10))
    assert both_ways[:2] == (0, 7)
    assert both_ways.is_netted
    assert flow(panels, p10=Parts(3, 0)).imported is None


def test_the_utilitys_meter_is_asked_where_a_panel_is_silent() -> None:
    whole = home(device(10), device(30, kind=DeviceKind.UTILITY_CONNECT))
    assert flow(whole, p10=Parts(3, 1), p30=Parts(4, 0))[:2] == (3, 1)
    assert flow(whole, p30=Parts(4, 2))[:2] == (4, 2)
    meter_alone = home(device(30, kind=DeviceKind.UTILITY_CONNECT))
    assert flow(meter_alone, p30=Parts(4, 2))[:2] == (4, 2)
    assert flow(meter_alone).imported is None


def test_a_battery_within_the_circuit_of_one_is_counted_once() -> None:
    inner = device(11, kind=DeviceKind.BATTERY, parent=10, parent_channel="2")
    told = flow(home(device(10, BATTERY), inner), p10=Parts(9, 0), p10_2=Parts(4, 1))
    assert (told.charged, told.discharged) == (4, 1)
    beside = device(11, kind=DeviceKind.BATTERY, parent=10, parent_channel=MAINS)
    told = flow(
        home(device(10, BATTERY), beside), p10=Parts(9, 0), p10_2=Parts(4, 1), p11=Parts(2, 0)
    )
    assert (told.charged, told.discharged) == (6, 1)


def test_what_is_netted_anywhere_is_so_in_the_whole() -> None:
    told = flow(home(device(10, SUN)), p10=Parts(5, 0), p10_1=Parts(0, 6, is_netted=True))
    assert told.is_netted


def test_the_series_are_those_that_charts_tell_of() -> None:
    inner = device(11, kind=DeviceKind.BATTERY, parent=10, parent_channel="2")
    assert home(device(10, SUN, BATTERY), inner).series() == [(10, MAINS), (10, "1"), (10, "2")]


@given(grid=PARTS, sun=PARTS, battery=PARTS)
def test_all_that_comes_in_goes_somewhere(grid: Parts, sun: Parts, battery: Parts) -> None:
    told = flow(home(device(10, SUN, BATTERY)), p10=grid, p10_1=sun, p10_2=battery)
    came = [told.imported, told.generated, told.discharged]
    went = [told.exported, told.charged, told.consumed]
    assert None in went or sum(filter(None, came)) == sum(filter(None, went))


def test_watts_of_a_moment_go_one_way_each() -> None:
    watts = {(10, MAINS): -20.0, (10, "1"): -60.0, (10, "2"): 10.0}
    told = home(device(10, SUN, BATTERY)).power(watts).flow
    assert told == Flow(0, 20, 60, 40, 10, 0, 30)
    unknown = home(device(10, SUN, BATTERY)).power({}).flow
    assert unknown == Flow(None, None, None, None, None, None, None)
