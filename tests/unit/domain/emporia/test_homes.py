"""Which homes an account has, and what each of them uses."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.emporia.channels import MAINS, Channel, ChannelRole
from domain.emporia.devices import Address, Device, Location
from domain.emporia.home_power import Home, HomePower
from domain.emporia.homes import homes_of
from domain.emporia.kinds import DeviceKind

SUN = Channel(number="1", role=ChannelRole.SUN)
BATTERY = Channel(number="2", role=ChannelRole.BATTERY)
WHOLE = Channel(number=MAINS)
DENVER = Location(ZoneInfo("America/Denver"), address=Address(zip_code="80202"))
BERLIN = Location(ZoneInfo("Europe/Berlin"))


def device(gid: int, kind: DeviceKind, *channels: Channel, **told: Any) -> Device:
    return Device(gid=gid, kind=kind, channels=(WHOLE, *channels), **told)


def panel(gid: int, *channels: Channel, **told: Any) -> Device:
    return device(gid, DeviceKind.PANEL, *channels, **told)


def plug(gid: int, **told: Any) -> Device:
    return device(gid, DeviceKind.PLUG, **told)


def only(*devices: Device) -> Home:
    """The one home that these devices measure."""
    (home,) = homes_of(devices)
    return home


def power(home: Home, **watts: float | None) -> HomePower:
    """The home's figures; `w10` are the mains of device 10, `w10_1` its first circuit."""
    told = {}
    for name, value in watts.items():
        gid, _, number = name[1:].partition("_")
        told[int(gid), number or MAINS] = value
    return home.power(told)


def figures(power: HomePower) -> tuple[float | None, ...]:
    return (power.watts, power.grid_watts, power.solar_watts, power.battery_watts)


def test_a_panel_is_a_home_and_its_mains_are_the_grid() -> None:
    home = only(panel(10, name="House"), plug(20))

    assert (home.name, home.roots) == ("House", (10,))
    assert figures(power(home, w10=600.0, w20=40.0)) == (600, 600, 0, 0)


def test_a_home_that_exports_at_noon_uses_what_sun_and_grid_leave_it() -> None:
    home = only(panel(10, SUN, BATTERY))

    assert figures(power(home, w10=-1_600.0, w10_1=-5_000.0, w10_2=2_600.0)) == (
        800, -1_600, 5_000, -2_600,
    )  # fmt: skip


def test_a_battery_that_sells_at_night_does_not_make_the_home_negative() -> None:
    home = only(panel(10, SUN, BATTERY))

    assert figures(power(home, w10=-1_810.0, w10_1=0.0, w10_2=-2_610.0)) == (
        800, -1_810, 0, 2_610,
    )  # fmt: skip


def test_what_an_inverter_draws_at_night_is_used_by_the_home() -> None:
    assert figures(power(only(panel(10, SUN)), w10=203.0, w10_1=3.0)) == (203, 203, 0, 0)


def test_a_clamp_that_knows_no_direction_tells_what_the_sun_gives_either_way() -> None:
    home = only(panel(10, Channel(number="1", role=ChannelRole.SUN, has_sign=False)))

    assert power(home, w10=100.0, w10_1=400.0).solar_watts == 400
    assert power(home, w10=100.0, w10_1=-400.0).solar_watts == 400


def test_a_merged_circuit_is_counted_once() -> None:
    leg = Channel(number="4", role=ChannelRole.SUN, is_merged=True)
    home = only(panel(10, SUN, leg))

    assert power(home, w10=0.5, w10_1=-900.0, w10_4=-450.0).solar_watts == 900


@pytest.mark.parametrize("mains", [None, 0.0])
def test_mains_without_a_clamp_or_a_word_leave_the_home_unknown(mains: float | None) -> None:
    told = power(only(panel(10), plug(20)), w10=mains, w10_1=500.0, w20=40.0)

    assert figures(told) == (None, None, 0, 0)
    assert told.silent == (10,)


def test_a_silent_panel_makes_its_whole_home_unknown() -> None:
    home = only(panel(10), panel(11))

    assert figures(power(home, w10=500.0)) == (None, None, 0, 0)
    assert power(home, w10=500.0).silent == (11,)
    assert power(home, w10=500.0, w11=200.0).watts == 700


@pytest.mark.parametrize("missing", ["w10_1", "w10_2"])
def test_a_silent_source_makes_the_home_unknown_and_not_the_grid(missing: str) -> None:
    watts = {"w10": -200.0, "w10_1": -900.0, "w10_2": 100.0} | {missing: None}
    told = power(only(panel(10, SUN, BATTERY)), **watts)

    assert (told.watts, told.grid_watts) == (None, -200)


def test_a_home_that_seems_to_give_has_something_that_no_clamp_sees() -> None:
    assert figures(power(only(panel(10)), w10=-200.0)) == (None, -200, 0, 0)


def test_solar_panels_that_no_circuit_shows_are_unknown() -> None:
    home = only(panel(10, has_sun=True))

    assert figures(power(home, w10=300.0)) == (None, 300, None, 0)


def test_the_utilitys_meter_sees_the_plugs_beside_it() -> None:
    meter = device(10, DeviceKind.UTILITY_CONNECT)
    home = only(meter, plug(20), plug(21))

    assert figures(power(home, w10=3_000.0, w20=100.0, w21=300.0)) == (3_000, 3_000, 0, 0)
    assert power(home, w10=0.0).watts == 0


def test_the_utilitys_meter_is_asked_where_panels_are_silent() -> None:
    home = only(panel(10), device(11, DeviceKind.UTILITY_CONNECT))

    assert home.roots == (10, 11)
    assert power(home, w10=500.0, w11=520.0).grid_watts == 500
    assert power(home, w10=None, w11=520.0).grid_watts == 520
    assert power(home, w10=None, w11=None).grid_watts is None


def test_it_is_told_whose_mains_were_counted() -> None:
    house, both = (
        only(panel(10), panel(11)),
        only(panel(10), device(11, DeviceKind.UTILITY_CONNECT)),
    )

    assert power(house, w10=500.0, w11=1.0).measured_by == (10, 11)
    assert power(house).measured_by == (10, 11)
    assert power(both, w10=500.0, w11=520.0).measured_by == (10,)
    assert power(both, w11=520.0).measured_by == (11,)


def test_the_second_monitor_of_a_panel_adds_circuits_and_no_mains() -> None:
    home = only(panel(10), panel(11, SUN, feeder=10))

    assert home.roots == (10,)
    assert figures(power(home, w10=500.0, w11=0.0, w11_1=-300.0)) == (800, 500, 300, 0)


def test_a_monitor_that_names_itself_as_its_first_is_a_panel() -> None:
    assert only(panel(10, feeder=10)).roots == (10,)


def test_devices_that_feed_each_other_in_a_circle_are_roots() -> None:
    assert only(panel(10, feeder=11), panel(11, feeder=10)).roots == (10, 11)


def test_a_panel_whose_parent_is_not_listed_is_a_root() -> None:
    assert only(panel(10, feeder=99)).roots == (10,)


def test_what_hangs_on_a_panel_is_part_of_its_home_however_it_is_listed() -> None:
    beside = panel(11, SUN, feeder=10)
    inside = panel(12, BATTERY)
    expansion = Device(gid=10, kind=DeviceKind.EXPANSION, channels=(BATTERY,))
    home = only(panel(10, devices=(expansion, inside)), beside)

    assert home.roots == (10,)
    assert figures(power(home, w10=500.0, w11_1=-100.0, w12_2=-30.0, w10_2=-1.0)) == (
        631, 500, 100, 31,
    )  # fmt: skip


def test_a_monitor_listed_after_its_expansion_is_still_one() -> None:
    expansion = Device(gid=10, kind=DeviceKind.EXPANSION, channels=(SUN,))

    assert only(expansion, panel(10)).roots == (10,)


def test_a_battery_tells_its_power_by_itself() -> None:
    battery = device(20, DeviceKind.BATTERY, feeder=10)

    assert figures(power(only(panel(10), battery), w10=500.0, w20=-200.0)) == (700, 500, 0, 200)


def test_a_battery_under_a_circuit_of_one_is_told_apart_from_it() -> None:
    battery = device(20, DeviceKind.BATTERY, feeder=10)
    home = only(panel(10, BATTERY), battery)

    assert power(home, w10=500.0, w10_2=2.0, w20=-200.0).battery_watts == 198


def test_a_battery_without_a_channel_is_unknown_unless_a_circuit_shows_it() -> None:
    battery = Device(gid=20, kind=DeviceKind.BATTERY, feeder=10)

    assert power(only(panel(10), battery), w10=500.0).battery_watts is None
    assert power(only(panel(10, BATTERY), battery), w10=500.0, w10_2=-9.0).battery_watts == 9


def test_a_panel_that_measures_an_inverter_is_no_home() -> None:
    inverter = Device(
        gid=11, kind=DeviceKind.PANEL, channels=(Channel(number=MAINS, role=ChannelRole.SUN),)
    )
    home = only(panel(10), inverter)

    assert home.roots == (10,)
    assert figures(power(home, w10=100.0, w11=-400.0)) == (500, 100, 400, 0)


def test_panels_of_one_zone_and_address_are_one_home_and_others_are_another() -> None:
    cabin = Location(DENVER.zone, address=Address(zip_code="80435"))
    homes = homes_of(
        [
            panel(10, location=DENVER, name="House"),
            panel(11, location=DENVER, name="Annex"),
            panel(12, location=cabin, name="Cabin"),
            panel(13, location=BERLIN),
            device(20, DeviceKind.BATTERY, location=cabin),
            device(21, DeviceKind.BATTERY, location=Location(ZoneInfo("Asia/Tokyo"))),
        ]
    )

    assert [(home.name, home.roots) for home in homes] == [
        ("House", (10, 11)),
        ("Cabin", (12,)),
        (None, (13,)),
    ]
    assert [len(home.batteries) for home in homes] == [0, 1, 0]


def test_what_stands_alone_belongs_to_the_only_home_there_is() -> None:
    battery = device(20, DeviceKind.BATTERY, location=BERLIN)

    assert len(only(panel(10, location=DENVER), battery).batteries) == 1


def test_plugs_and_nothings_are_no_home() -> None:
    assert homes_of([plug(20), device(21, DeviceKind.UNKNOWN)]) == ()
    assert homes_of([]) == ()


watts = st.none() | st.floats(-20_000, 20_000)


@given(grid=watts, sun=watts, battery=watts)
def test_a_home_uses_the_sum_of_grid_sun_and_battery(
    grid: float | None, sun: float | None, battery: float | None
) -> None:
    told = power(only(panel(10, SUN, BATTERY)), w10=grid, w10_1=sun, w10_2=battery)

    if told.watts is not None:
        assert told.grid_watts is not None
        assert told.solar_watts is not None
        assert told.battery_watts is not None
        assert told.watts == told.grid_watts + told.solar_watts + told.battery_watts
        assert told.watts >= 0
        assert told.solar_watts >= 0
    assert (None in (grid, sun, battery)) <= (told.watts is None)


@given(st.lists(watts, min_size=1, max_size=4))
def test_the_grid_is_the_sum_of_all_panels_or_unknown(mains: list[float | None]) -> None:
    home = only(*(panel(gid) for gid in range(1, len(mains) + 1)))
    told = power(home, **{f"w{gid}": each for gid, each in enumerate(mains, start=1)})

    assert told.silent == tuple(gid for gid, each in enumerate(mains, start=1) if not each)
    known = [each for each in mains if each is not None]
    assert told.grid_watts == (None if told.silent else sum(known))
