"""A chart is raw; the list of usages is net of what is nested, and leaves out what has no data."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.emporia_simulator.device_api.usages import device_list_usages
from adapters.emporia_simulator.homes.energy.buckets import Scale
from adapters.emporia_simulator.homes.energy.devices import BALANCE, MAINS, Device
from adapters.emporia_simulator.homes.energy.meter import EnergyUnit, Meter
from adapters.emporia_simulator.homes.first_home import FIRST_HOME
from adapters.emporia_simulator.homes.nested_devices import NESTED_DEVICES
from adapters.emporia_simulator.homes.offline_panel import OFFLINE_PANEL
from adapters.emporia_simulator.homes.solar_home import SOLAR_HOME

MORNING = int(datetime(2026, 11, 24, 13, tzinfo=UTC).timestamp())
"""Nine o'clock in Halifax: the nested battery charges with 2,278 W."""
(NESTED,) = NESTED_DEVICES
HOMES = [FIRST_HOME[0], SOLAR_HOME[0]]

moments = st.integers(1_700_000_000, 1_900_000_000)
scales = st.sampled_from([Scale.SECOND, Scale.MINUTE, Scale.HOUR, Scale.DAY])


def meter(now: int, scale: Scale = Scale.MINUTE, **changes: Any) -> Meter:
    start = Meter(now=now, published_until=now, scale=scale, unit=EnergyUnit.KILOWATT_HOURS)
    return replace(start, **changes)


def listed(reading: Meter, devices: Sequence[Device]) -> dict[int, dict[str, float | None]]:
    """What the list shows of each device, wherever it stands in the tree."""
    found: dict[int, dict[str, float | None]] = {}

    def collect(documents: list[dict[str, Any]]) -> None:
        for device in documents:
            channels = device["channelUsages"]
            found[device["deviceGid"]] = {c["channelNum"]: c["usage"] for c in channels}
            for channel in channels:
                collect(channel["nestedDevices"])

    answer = device_list_usages(reading, devices, instant=reading.now)
    collect(answer["deviceListUsages"]["devices"])
    return found


def watts(reading: Meter, devices: Sequence[Device]) -> dict[int, dict[str, float]]:
    """The same as the mean power of a minute."""
    return {
        gid: {number: kwh * 60_000 for number, kwh in channels.items() if kwh is not None}
        for gid, channels in listed(reading, devices).items()
    }


def charted_watts(device: Device, channel: str) -> float:
    (kwh,) = meter(MORNING).chart(device, channel, MORNING - 60, MORNING)
    assert kwh is not None
    return kwh * 60_000


def test_a_100_watt_plug_on_a_250_watt_circuit_leaves_150_in_the_list_and_250_in_the_chart() -> (
    None
):
    shown = watts(meter(MORNING), list(NESTED.walk()))
    assert shown[6501]["1"] == pytest.approx(150.0)
    assert shown[6502][MAINS] == pytest.approx(100.0)
    assert charted_watts(NESTED, "1") == pytest.approx(250.0)


def test_a_battery_of_2278_watts_is_in_its_circuits_chart_alone() -> None:
    shown = watts(meter(MORNING), list(NESTED.walk()))
    assert shown[6501]["2"] == pytest.approx(30.0)
    assert shown[6503][MAINS] == pytest.approx(2_278.0)
    assert charted_watts(NESTED, "2") == pytest.approx(2_308.0)


def test_a_circuit_is_never_negative_by_what_is_nested_under_it() -> None:
    shown = watts(meter(MORNING), list(NESTED.walk()))
    assert shown[6504][MAINS] == pytest.approx(60.0)
    assert charted_watts(NESTED, "3") == pytest.approx(57.0)
    assert shown[6501]["3"] == 0.0


def test_the_balance_may_be_negative_and_is_of_the_raw_circuits() -> None:
    shown = watts(meter(MORNING), list(NESTED.walk()))
    raw = sum(charted_watts(NESTED, circuit.number) for circuit in NESTED.circuits)
    assert shown[6501][BALANCE] == pytest.approx(shown[6501][MAINS] - raw)
    assert shown[6501][BALANCE] == pytest.approx(-17.0)
    assert charted_watts(NESTED, BALANCE) == pytest.approx(-17.0)


def test_a_bare_circuit_that_gives_stays_negative() -> None:
    noon = int(datetime(2026, 6, 20, 10, 30, tzinfo=UTC).timestamp())
    assert watts(meter(noon), SOLAR_HOME)[2001]["1"] < -2_000


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(HOMES), scales, moments)
def test_a_circuits_chart_is_its_line_and_what_is_nested_under_it(
    home: Device, scale: Scale, now: int
) -> None:
    reading = meter(now, scale)
    shown = listed(reading, list(home.walk()))
    for nested in home.nested:
        assert nested.parent_channel is not None
        net, inside = shown[home.gid][nested.parent_channel], shown[nested.gid][MAINS]
        assert net is not None
        assert inside is not None
        span = reading.latest_span(home, now)
        (raw,) = reading.chart(home, nested.parent_channel, *span)
        assert net + inside == pytest.approx(raw, rel=1e-9, abs=1e-12)


def test_channels_without_data_are_left_out_and_the_mains_are_not() -> None:
    too_long_ago = replace(meter(MORNING, Scale.SECOND), now=MORNING + 4 * 3_600)
    answer = device_list_usages(too_long_ago, [NESTED], instant=MORNING)
    (device,) = answer["deviceListUsages"]["devices"]
    assert [(c["channelNum"], c["usage"]) for c in device["channelUsages"]] == [(MAINS, None)]


def test_an_offline_panel_lists_one_null_channel() -> None:
    assert listed(meter(MORNING), OFFLINE_PANEL) == {
        6101: {MAINS: None},
        6102: {MAINS: pytest.approx(40 / 60_000)},
    }


def test_what_is_nested_under_an_offline_panel_is_still_told() -> None:
    silent = replace(NESTED, connected=False)
    shown = listed(meter(MORNING), list(silent.walk()))
    assert shown[6501] == {MAINS: None}
    assert shown[6502] == {MAINS: pytest.approx(100 / 60_000)}


def test_an_offline_nested_device_takes_nothing_off_its_circuit() -> None:
    plug, *others = NESTED.nested
    home = replace(NESTED, nested=(replace(plug, connected=False), *others))
    shown = listed(meter(MORNING), list(home.walk()))
    assert shown[6501]["1"] == pytest.approx(250 / 60_000)
    assert shown[6502] == {MAINS: None}
