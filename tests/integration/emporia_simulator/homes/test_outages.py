"""What becomes of what a device measures while the cloud does not hear of it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.emporia_simulator.device_api.usages import device_list_usages
from adapters.emporia_simulator.homes.energy.buckets import Scale
from adapters.emporia_simulator.homes.energy.devices import BALANCE, FROM_GRID, MAINS, TO_GRID
from adapters.emporia_simulator.homes.energy.meter import EnergyUnit, Meter
from adapters.emporia_simulator.homes.energy.uplinks import (
    OUTAGES_AT_MOST,
    Filling,
    Outage,
    SecondsMode,
    Uplinks,
)
from adapters.emporia_simulator.homes.first_home import FIRST_HOME
from adapters.emporia_simulator.homes.nested_devices import NESTED_DEVICES
from adapters.emporia_simulator.homes.solar_home import SOLAR_HOME

HOUR = int(datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp())
NOW = HOUR + 3_600 + 642
VUE = FIRST_HOME[0]
DESK, CHARGER = VUE.nested
SOLAR, NESTED = SOLAR_HOME[0], NESTED_DEVICES[0]

outages = st.tuples(st.integers(HOUR - 600, HOUR + 3_500), st.integers(1, 4_000))


def meter(scale: Scale, uplinks: Uplinks | None = None, **changes: Any) -> Meter:
    start = Meter(
        now=NOW,
        published_until=NOW,
        scale=scale,
        unit=EnergyUnit.KILOWATT_HOURS,
        uplinks=uplinks or Uplinks(),
    )
    return replace(start, **changes)


def offline(start: int, seconds: int, device: Any = VUE, **changes: Any) -> Uplinks:
    uplinks = Uplinks()
    uplinks.add([Outage.of(device, start, start + seconds, **changes)])
    return uplinks


@pytest.mark.parametrize(
    ("device", "seconds", "filling"),
    [
        (VUE, 899, Filling.EXACT),
        (VUE, 900, Filling.AVERAGED),
        (CHARGER, 900, Filling.AVERAGED),
        (DESK, 1_199, Filling.EXACT),
        (DESK, 1_200, Filling.AVERAGED),
    ],
)
def test_its_length_decides_how_an_outage_is_filled(
    device: Any, seconds: int, filling: Filling
) -> None:
    outage = Outage.of(device, HOUR, HOUR + seconds)
    assert outage.filling is filling
    assert outage.filled_at > outage.end


def test_a_short_outage_is_null_until_it_is_filled_in_exactly() -> None:
    uplinks = offline(HOUR + 90, 300, filled_after_seconds=200)
    back, filled = HOUR + 390, HOUR + 590

    def minutes(now: int) -> list[float | None]:
        reading = meter(Scale.MINUTE, uplinks, now=now, published_until=now)
        return reading.chart(VUE, MAINS, HOUR, HOUR + 480)

    true = meter(Scale.MINUTE).chart(VUE, MAINS, HOUR, HOUR + 480)
    assert minutes(back + 110) == [true[0], *[None] * 6, true[7]]
    assert minutes(filled - 1) == [true[0], *[None] * 6, true[7]]
    assert minutes(filled) == true


def test_its_seconds_are_null_from_the_one_in_which_it_began() -> None:
    uplinks = offline(HOUR + 90, 300)
    now = HOUR + 400
    seconds = meter(Scale.SECOND, uplinks, now=now, published_until=now).chart(
        VUE, MAINS, HOUR, now
    )
    assert [i for i, value in enumerate(seconds) if value is None] == list(range(90, 390))


@settings(max_examples=30, deadline=None)
@given(st.integers(900, 3_000), st.sampled_from([MAINS, "1", BALANCE]))
def test_a_long_outage_is_filled_in_flat_with_nothing_lost(seconds: int, channel: str) -> None:
    uplinks = offline(HOUR + 60, seconds, filled_after_seconds=0)
    minutes = meter(Scale.MINUTE, uplinks).chart(VUE, channel, HOUR + 60, HOUR + 60 + seconds)
    full = minutes[: seconds // 60]
    assert None not in full
    assert len(set(full)) == 1
    (hour,), (true,) = (
        meter(Scale.HOUR, way).chart(VUE, channel, HOUR, HOUR + 1) for way in (uplinks, None)
    )
    assert hour == pytest.approx(true, rel=1e-12)


@settings(max_examples=60, deadline=None)
@given(
    outages,
    st.sampled_from([Filling.EXACT, Filling.AVERAGED]),
    st.sampled_from(SecondsMode),
    st.sampled_from([MAINS, "3", BALANCE]),
)
def test_after_it_was_filled_in_every_scale_adds_up(
    outage: tuple[int, int], filling: Filling, mode: SecondsMode, channel: str
) -> None:
    uplinks = offline(*outage, filling=filling, filled_after_seconds=0)
    uplinks.set_mode(mode)
    later = {"now": HOUR + 8_000, "published_until": HOUR + 8_000}

    def charted(scale: Scale, start: int, end: int) -> list[float]:
        values = meter(scale, uplinks, **later).chart(VUE, channel, start, end)
        assert None not in values
        return [value for value in values if value is not None]

    (hour,) = charted(Scale.HOUR, HOUR, HOUR + 3_600)
    minutes = charted(Scale.MINUTE, HOUR, HOUR + 3_600)
    quarters = charted(Scale.QUARTER_HOUR, HOUR, HOUR + 3_600)
    minute = max(HOUR, min(outage[0], HOUR + 3_540)) // 60 * 60
    seconds = charted(Scale.SECOND, minute, minute + 60)
    for total, of_all in (
        (hour, quarters),
        (hour, minutes),
        (minutes[(minute - HOUR) // 60], seconds),
    ):
        assert sum(of_all) == pytest.approx(total, rel=1e-10, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(outages)
def test_a_wider_bucket_tells_the_minutes_that_are_known(outage: tuple[int, int]) -> None:
    uplinks = offline(*outage, filling=Filling.LOST)
    later = {"now": HOUR + 90_000, "published_until": HOUR + 90_000}
    minutes = meter(Scale.MINUTE, uplinks, **later).chart(VUE, MAINS, HOUR, HOUR + 3_600)
    quarters = meter(Scale.QUARTER_HOUR, uplinks, **later).chart(VUE, MAINS, HOUR, HOUR + 3_600)
    for number, quarter in enumerate(quarters):
        known = [kwh for kwh in minutes[15 * number : 15 * number + 15] if kwh is not None]
        assert (quarter is None) == (known == [])
        assert quarter is None or quarter == pytest.approx(sum(known), rel=1e-12, abs=1e-12)


def test_what_is_lost_stays_null_for_ever() -> None:
    uplinks = offline(HOUR, 7_200, filling=Filling.LOST)
    years_later = {"now": HOUR + 10**8, "published_until": HOUR + 10**8}
    hours = meter(Scale.HOUR, uplinks, **years_later).chart(VUE, MAINS, HOUR - 3_600, HOUR + 10_800)
    assert [hour is None for hour in hours] == [False, True, True, False]


def test_while_it_is_offline_the_list_knows_one_null_channel_and_charts_the_past() -> None:
    uplinks = offline(NOW - 120, 600)
    answer = device_list_usages(meter(Scale.DAY, uplinks), [VUE], instant=NOW)
    (device,) = answer["deviceListUsages"]["devices"]
    assert [(c["channelNum"], c["usage"]) for c in device["channelUsages"]] == [(MAINS, None)]
    assert None not in meter(Scale.MINUTE, uplinks).chart(VUE, MAINS, HOUR, HOUR + 3_600)
    assert not uplinks.connected(VUE, NOW)
    assert uplinks.connected(DESK, NOW)
    assert uplinks.connected(VUE, NOW + 480)


def test_a_plug_that_is_offline_for_a_while_takes_nothing_off_its_circuit() -> None:
    plug = NESTED.nested[0]
    uplinks = offline(NOW - 120, 600, device=plug)
    answer = device_list_usages(meter(Scale.MINUTE, uplinks), [NESTED, plug], instant=NOW)
    (device,) = answer["deviceListUsages"]["devices"]
    office = next(c for c in device["channelUsages"] if c["channelNum"] == "1")
    assert office["usage"] == pytest.approx(250 / 60_000)
    assert office["nestedDevices"][0]["channelUsages"][0]["usage"] is None


def test_what_was_bought_and_sold_makes_the_mains_through_an_outage() -> None:
    midnight = SOLAR.calendar.start(Scale.DAY, HOUR)
    span = (midnight, midnight + 86_400)
    later = {"now": span[1] + 9_000, "published_until": span[1] + 9_000}
    day = meter(Scale.DAY, offline(HOUR - 9_000, 7_000, device=SOLAR), **later)
    bought, sold, mains = (day.usage(SOLAR, name, span) for name in (FROM_GRID, TO_GRID, MAINS))
    assert bought is not None
    assert sold is not None
    assert bought + sold == pytest.approx(mains, rel=1e-12)


def test_no_two_outages_of_a_device_overlap_and_there_are_not_too_many() -> None:
    uplinks = offline(HOUR, 600)
    with pytest.raises(ValueError, match="already offline"):
        uplinks.add([Outage.of(VUE, HOUR + 599, HOUR + 700)])
    uplinks.add([Outage.of(VUE, HOUR + 600, HOUR + 700), Outage.of(DESK, HOUR, HOUR + 1)])
    with pytest.raises(ValueError, match="at most"):
        uplinks.add(Outage.of(CHARGER, at, at + 1) for at in range(OUTAGES_AT_MOST))
    assert len(uplinks.outages(VUE)) == 2
    assert uplinks.outages(CHARGER) == ()
    uplinks.clear_outages()
    assert uplinks.outages(VUE) == ()
