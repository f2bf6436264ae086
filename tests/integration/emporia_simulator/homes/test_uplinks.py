"""How seconds reach the cloud, and where a past begins and ends."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.emporia_simulator.device_api.usages import device_list_usages
from adapters.emporia_simulator.homes.energy.buckets import RETAINED_SECONDS, Scale
from adapters.emporia_simulator.homes.energy.counter import TENTHS_PER_KWH
from adapters.emporia_simulator.homes.energy.devices import BALANCE, MAINS
from adapters.emporia_simulator.homes.energy.meter import EnergyUnit, Meter
from adapters.emporia_simulator.homes.energy.uplinks import SecondsMode, Uplinks
from adapters.emporia_simulator.homes.first_home import FIRST_HOME
from adapters.emporia_simulator.homes.solar_home import SOLAR_HOME
from adapters.emporia_simulator.homes.years_home import INSTALLED_BEFORE_START_SECONDS, YEARS_HOME

HOUR = int(datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp())
NOW = HOUR + 3_600 + 642
VUE = FIRST_HOME[0]
DESK, CHARGER = VUE.nested
SOLAR, YEARS = SOLAR_HOME[0], YEARS_HOME[0]

by_minutes = st.sampled_from([SecondsMode.MIXED, SecondsMode.FLAT])


def meter(scale: Scale, uplinks: Uplinks | None = None, **changes: Any) -> Meter:
    start = Meter(
        now=NOW,
        published_until=NOW,
        scale=scale,
        unit=EnergyUnit.KILOWATT_HOURS,
        uplinks=uplinks or Uplinks(),
        began=NOW,
    )
    return replace(start, **changes)


def run_at_the_end(values: list[Any]) -> int:
    """How many values at the end are the same."""
    return next((i for i, value in enumerate(reversed(values)) if value != values[-1]), len(values))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 59), st.sampled_from([VUE, SOLAR]))
def test_mixed_is_some_genuine_seconds_and_then_their_mean_to_the_minutes_end(
    minute: int, device: Any
) -> None:
    start = HOUR + 60 * minute
    live, mixed = (
        meter(Scale.SECOND, Uplinks(seconds=mode)).chart(device, MAINS, start, start + 60)
        for mode in (SecondsMode.LIVE, SecondsMode.MIXED)
    )
    flat = run_at_the_end(mixed)
    assert 20 <= flat <= 32  # a genuine one may be as large as the mean
    for genuine, told in zip(live[:-flat], mixed[:-flat], strict=True):
        assert genuine is not None
        assert told == pytest.approx(genuine, abs=1.1 / TENTHS_PER_KWH)
    assert len(set(live)) > 30


def test_the_genuine_part_of_a_minute_varies() -> None:
    chart = meter(Scale.SECOND, Uplinks(seconds=SecondsMode.MIXED)).chart(
        VUE, MAINS, HOUR, HOUR + 3_600
    )
    runs = {run_at_the_end(chart[at : at + 60]) for at in range(0, 3_600, 60)}
    assert len(runs) >= 10


@pytest.mark.parametrize("channel", [*VUE.channels[:3], BALANCE])
def test_flat_is_the_minutes_mean_sixty_times(channel: str) -> None:
    flat = Uplinks(seconds=SecondsMode.FLAT)
    seconds = meter(Scale.SECOND, flat).chart(VUE, channel, HOUR, HOUR + 600)
    minutes = meter(Scale.MINUTE, flat).chart(VUE, channel, HOUR, HOUR + 600)
    for number, minute in enumerate(minutes):
        assert minute is not None
        assert len(set(seconds[60 * number : 60 * number + 60])) == 1
        assert seconds[60 * number] == pytest.approx(minute / 60, rel=1e-12)


@settings(max_examples=30, deadline=None)
@given(by_minutes, st.integers(0, 59))
def test_a_minutes_seconds_come_with_the_minute(mode: SecondsMode, passed: int) -> None:
    now = HOUR + passed
    early = meter(Scale.SECOND, Uplinks(seconds=mode), now=now, published_until=now)
    assert early.chart(VUE, MAINS, HOUR, HOUR + 60) == [None] * 60
    assert None not in early.chart(VUE, MAINS, HOUR - 60, HOUR)
    assert early.latest_span(VUE, now) == (HOUR - 1, HOUR)


def test_a_device_may_differ_from_its_account() -> None:
    uplinks = Uplinks(seconds=SecondsMode.FLAT)
    uplinks.set_mode(SecondsMode.LIVE, DESK.gid)
    live, flat = (
        meter(Scale.SECOND, uplinks).chart(device, MAINS, HOUR, HOUR + 60)
        for device in (DESK, CHARGER)
    )
    assert len(set(live)) > 1
    assert len(set(flat)) == 1
    uplinks.set_mode(SecondsMode.MIXED)
    assert uplinks.mode(DESK) is SecondsMode.MIXED


def test_a_circuit_is_net_of_a_plug_that_tells_its_seconds_by_the_minute() -> None:
    uplinks = Uplinks()
    uplinks.set_mode(SecondsMode.FLAT, DESK.gid)
    answer = device_list_usages(meter(Scale.SECOND, uplinks), [VUE, DESK], instant=NOW)
    (device,) = answer["deviceListUsages"]["devices"]
    circuit = next(c for c in device["channelUsages"] if c["channelNum"] == "4")
    inside = circuit["nestedDevices"][0]["channelUsages"][0]["usage"]
    (raw,) = meter(Scale.SECOND, uplinks).chart(VUE, "4", NOW - 1, NOW)
    assert circuit["usage"] + inside == pytest.approx(raw, rel=1e-12)


@pytest.mark.parametrize("scale", [Scale.HOUR, Scale.DAY, Scale.WEEK, Scale.MONTH])
def test_before_it_was_installed_every_bucket_is_null(scale: Scale) -> None:
    installed = NOW - INSTALLED_BEFORE_START_SECONDS
    first = YEARS.calendar.start(scale, installed)
    before = YEARS.calendar.start(scale, first - 1)
    null, begun, full = meter(scale).chart(
        YEARS, MAINS, before, YEARS.calendar.after(scale, first) + 1
    )
    assert null is None
    assert begun is not None
    assert full is not None
    since = YEARS.kwh(MAINS, installed, YEARS.calendar.after(scale, first))
    assert begun == pytest.approx(since, abs=1e-5)


@pytest.mark.parametrize("scale", RETAINED_SECONDS)
def test_what_is_forgotten_can_be_an_empty_list(scale: Scale) -> None:
    gone = NOW - RETAINED_SECONDS[scale]
    old = meter(scale, empty_when_forgotten=True)
    assert old.chart(VUE, MAINS, gone - 3_600, gone) == []
    assert None in old.chart(VUE, MAINS, gone - 3_600, gone + 1_800)
    assert set(meter(scale).chart(VUE, MAINS, gone - 3_600, gone)) == {None}
