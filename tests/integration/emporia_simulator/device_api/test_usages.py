"""What the two AppAPI answers hold: the tree, the shares, the nulls."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.emporia_simulator.device_api.usages import chart_usage, device_list_usages
from adapters.emporia_simulator.homes.energy.buckets import RETAINED_SECONDS, Scale
from adapters.emporia_simulator.homes.energy.devices import MAINS
from adapters.emporia_simulator.homes.energy.meter import EnergyUnit, Meter
from adapters.emporia_simulator.homes.first_home import FIRST_HOME
from adapters.emporia_simulator.homes.solar_home import SOLAR_HOME

NOW = int(datetime(2026, 11, 24, 17, 10, 42, tzinfo=UTC).timestamp())
VUE, OFFLINE_PLUG = FIRST_HOME
DESK_PLUG, CHARGER = VUE.nested
SOLAR = SOLAR_HOME[0]


def meter(scale: Scale, **changes: Any) -> Meter:
    start = Meter(now=NOW, published_until=NOW, scale=scale, unit=EnergyUnit.KILOWATT_HOURS)
    return replace(start, **changes)


def by_channel(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    (device,) = answer["deviceListUsages"]["devices"]
    return {usage["channelNum"]: usage for usage in device["channelUsages"]}


def test_a_nested_device_appears_inside_its_parent_only() -> None:
    answer = device_list_usages(meter(Scale.MINUTE), [DESK_PLUG, VUE], instant=NOW)
    usages = by_channel(answer)
    (inside,) = usages["4"]["nestedDevices"]
    assert inside["deviceGid"] == DESK_PLUG.gid
    assert usages["9"]["nestedDevices"] == []


def test_a_nested_device_asked_for_by_itself_stands_at_the_top() -> None:
    usages = by_channel(device_list_usages(meter(Scale.MINUTE), [DESK_PLUG], instant=NOW))
    assert list(usages) == [MAINS]
    assert usages[MAINS]["percentage"] == 100.0


def test_nesting_goes_as_deep_as_the_home() -> None:
    devices = list(SOLAR.walk())
    usages = by_channel(device_list_usages(meter(Scale.MINUTE), devices, instant=NOW))
    (panel,) = usages["7"]["nestedDevices"]
    sockets = next(usage for usage in panel["channelUsages"] if usage["channelNum"] == "2")
    assert [plug["deviceGid"] for plug in sockets["nestedDevices"]] == [2004]


def test_a_circuit_is_told_net_of_what_is_nested_under_it() -> None:
    usages = by_channel(device_list_usages(meter(Scale.WEEK), [VUE, CHARGER], instant=NOW))
    (charger,) = usages["9"]["nestedDevices"]
    assert usages["9"]["usage"] < 1 < charger["channelUsages"][0]["usage"]


def test_shares_are_of_the_root_mains() -> None:
    usages = by_channel(device_list_usages(meter(Scale.HOUR), [VUE, DESK_PLUG], instant=NOW))
    (plug,) = usages["4"]["nestedDevices"]
    part = plug["channelUsages"][0]
    assert part["percentage"] == pytest.approx(100 * part["usage"] / usages[MAINS]["usage"])


def test_the_minute_is_the_last_complete_one() -> None:
    assert meter(Scale.MINUTE).latest_span(VUE, NOW) == (NOW - 102, NOW - 42)


def test_the_minute_is_the_last_published_one() -> None:
    late = meter(Scale.MINUTE, published_until=NOW - 50)
    assert late.latest_span(VUE, NOW) == (NOW - 162, NOW - 102)


def test_the_second_is_the_last_complete_one() -> None:
    assert meter(Scale.SECOND).latest_span(VUE, NOW + 30) == (NOW - 1, NOW)


def test_a_day_runs_until_now() -> None:
    usages = by_channel(device_list_usages(meter(Scale.DAY), [VUE], instant=NOW))
    midnight = VUE.calendar.start(Scale.DAY, NOW)
    assert usages[MAINS]["usage"] == pytest.approx(VUE.kwh(MAINS, midnight, NOW))


def test_a_past_day_is_told_in_full() -> None:
    yesterday = NOW - 86_400
    usages = by_channel(device_list_usages(meter(Scale.DAY), [VUE], instant=yesterday))
    midnight = VUE.calendar.start(Scale.DAY, NOW)
    assert usages[MAINS]["usage"] == pytest.approx(VUE.kwh(MAINS, midnight - 86_400, midnight))


def test_at_midnight_the_day_before_is_still_told() -> None:
    midnight = VUE.calendar.start(Scale.DAY, NOW)
    then = meter(Scale.DAY, now=midnight, published_until=midnight)
    assert then.latest_span(VUE, midnight) == (midnight - 86_400, midnight)


def test_an_offline_device_knows_nothing() -> None:
    usages = by_channel(device_list_usages(meter(Scale.MINUTE), [OFFLINE_PLUG], instant=NOW))
    assert usages[MAINS]["usage"] is None


def test_an_unconfigured_input_used_nothing() -> None:
    usages = by_channel(device_list_usages(meter(Scale.MINUTE), [VUE], instant=NOW))
    assert usages["16"]["usage"] == 0.0


def test_grid_channels_need_a_roof_and_a_day() -> None:
    grid = {"MainsFromGrid", "MainsToGrid", "TotalUsage"}
    of_the_day = by_channel(device_list_usages(meter(Scale.DAY), [SOLAR], instant=NOW))
    of_the_hour = by_channel(device_list_usages(meter(Scale.HOUR), [SOLAR], instant=NOW))
    without_roof = by_channel(device_list_usages(meter(Scale.DAY), [VUE], instant=NOW))
    assert grid <= of_the_day.keys()
    assert not grid & (of_the_hour.keys() | without_roof.keys())


def test_legs_are_told_in_amperes_alone() -> None:
    amperes = meter(Scale.MINUTE, unit=EnergyUnit.AMP_HOURS)
    usages = by_channel(device_list_usages(amperes, [SOLAR], instant=NOW))
    legs = [usages[f"Mains_{leg}"]["usage"] for leg in "ABC"]
    assert sum(legs) == pytest.approx(usages[MAINS]["usage"])
    plain = by_channel(device_list_usages(meter(Scale.MINUTE), [SOLAR], instant=NOW))
    assert "Mains_A" not in plain


@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize("unit", EnergyUnit)
def test_every_scale_and_unit_is_told(scale: Scale, unit: EnergyUnit) -> None:
    usages = by_channel(device_list_usages(meter(scale, unit=unit), [VUE], instant=NOW))
    assert usages[MAINS]["usage"] > 0


def test_dollars_are_the_energy_at_the_homes_price() -> None:
    span = (NOW - 3_600, NOW)
    dollars = meter(Scale.HOUR, unit=EnergyUnit.DOLLARS).usage(VUE, MAINS, span)
    assert dollars == pytest.approx(VUE.kwh(MAINS, *span) * 0.175)


def test_voltage_stays_near_what_it_should_be() -> None:
    volts = meter(Scale.SECOND, unit=EnergyUnit.VOLTAGE).usage(SOLAR, MAINS, (NOW - 1, NOW))
    assert volts == pytest.approx(230, rel=0.01)


def test_a_chart_begins_with_the_bucket_its_start_lies_in() -> None:
    chart = chart_usage(meter(Scale.HOUR), VUE, MAINS, start=NOW - 7_200, end=NOW)
    assert chart["firstUsageInstant"] == "2026-11-24T15:00:00Z"
    assert len(chart["usageList"]) == 3


def test_a_chart_of_days_begins_at_local_midnight() -> None:
    chart = chart_usage(meter(Scale.DAY), VUE, MAINS, start=NOW, end=NOW + 1)
    assert chart["firstUsageInstant"] == "2026-11-24T05:00:00Z"


def test_what_has_not_happened_is_null() -> None:
    seconds = meter(Scale.SECOND).chart(VUE, MAINS, NOW - 2, NOW + 2)
    assert [value is None for value in seconds] == [False, False, True, True]


def test_an_unfinished_minute_is_null_and_an_unfinished_hour_runs() -> None:
    assert meter(Scale.MINUTE).chart(VUE, MAINS, NOW - 1, NOW) == [None]
    (hour,) = meter(Scale.HOUR).chart(VUE, MAINS, NOW - 1, NOW)
    assert hour == pytest.approx(VUE.kwh(MAINS, NOW - NOW % 3_600, NOW))


@pytest.mark.parametrize("scale", RETAINED_SECONDS)
def test_what_is_no_longer_kept_is_null(scale: Scale) -> None:
    oldest = VUE.calendar.start(scale, NOW - RETAINED_SECONDS[scale] - 1)
    second = VUE.calendar.after(scale, oldest)
    too_old, kept = meter(scale).chart(VUE, MAINS, oldest, second + 1)
    assert too_old is None
    assert kept is not None
