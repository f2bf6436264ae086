"""The homes' sums agree: across scales, channels and clock changes."""

import math
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from adapters.emporia_simulator.homes.customers import CUSTOMERS
from adapters.emporia_simulator.homes.energy.buckets import Scale
from adapters.emporia_simulator.homes.energy.devices import (
    BALANCE,
    FROM_GRID,
    MAINS,
    TO_GRID,
    TOTAL_USAGE,
    Device,
)
from adapters.emporia_simulator.homes.energy.local_time import local_stretches
from adapters.emporia_simulator.homes.energy.readings import Readings
from adapters.emporia_simulator.homes.energy.uplinks import Uplinks
from adapters.emporia_simulator.homes.first_home import FIRST_HOME
from adapters.emporia_simulator.homes.mill import mill
from adapters.emporia_simulator.homes.solar_home import SOLAR_HOME

HOME, SOLAR = FIRST_HOME[0], SOLAR_HOME[0]
ALL_DEVICES = [device for customer in CUSTOMERS for device in customer.walk()]
DIFFERENT_DEVICES = [
    device
    for customer in CUSTOMERS
    for root in (customer.devices if customer.home is not mill else mill()[-1:])
    for device in root.walk()
]
CHANNELS = [(device, channel) for device in DIFFERENT_DEVICES for channel in device.channels]

channels = st.sampled_from(CHANNELS)
moments = st.integers(1_700_000_000, 1_900_000_000)


def utc(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[arg-type,misc]


def kwh_by(scale: Scale, device: Device, channel: str, start: int, end: int) -> float:
    spans = device.calendar.spans(scale, start, end)
    return math.fsum(device.kwh(channel, *span) for span in spans)


@settings(max_examples=60, deadline=None)
@given(channels, moments)
def test_sixty_seconds_make_the_minute(channel: tuple[Device, str], at: int) -> None:
    device, number = channel
    start, end = at - at % 60, at - at % 60 + 60
    seconds = kwh_by(Scale.SECOND, device, number, start, end)
    assert seconds == pytest.approx(device.kwh(number, start, end), rel=1e-9, abs=1e-15)


@settings(max_examples=30, deadline=None)
@given(
    channels,
    moments,
    st.sampled_from(
        [
            (Scale.MINUTE, Scale.QUARTER_HOUR),
            (Scale.QUARTER_HOUR, Scale.HOUR),
            (Scale.QUARTER_HOUR, Scale.DAY),
            (Scale.HOUR, Scale.DAY),
            (Scale.DAY, Scale.WEEK),
            (Scale.DAY, Scale.MONTH),
        ]
    ),
)
def test_the_finer_buckets_make_the_wider_one(
    channel: tuple[Device, str], at: int, scales: tuple[Scale, Scale]
) -> None:
    (device, number), (fine, wide) = channel, scales
    start = device.calendar.start(wide, at)
    end = device.calendar.after(wide, start)
    assume(device.calendar.start(fine, start) == start)  # in Kolkata days begin amid an hour
    total = device.kwh(number, start, end)
    assert kwh_by(fine, device, number, start, end) == pytest.approx(total, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("month_and_day", [(3, 8), (11, 1)])
def test_the_hours_of_a_day_with_a_clock_change_make_the_day(
    month_and_day: tuple[int, int],
) -> None:
    start = HOME.calendar.start(Scale.DAY, utc(2026, *month_and_day, 17))
    end = HOME.calendar.after(Scale.DAY, start)
    total = HOME.kwh(MAINS, start, end)
    assert kwh_by(Scale.HOUR, HOME, MAINS, start, end) == pytest.approx(total, rel=1e-12)


def test_the_days_of_a_year_make_the_year() -> None:
    start = HOME.calendar.start(Scale.YEAR, utc(2026, 6, 1))
    end = HOME.calendar.after(Scale.YEAR, start)
    total = HOME.kwh(MAINS, start, end)
    assert kwh_by(Scale.DAY, HOME, MAINS, start, end) == pytest.approx(total, rel=1e-11)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from([device for device in DIFFERENT_DEVICES if device.circuits]),
    moments,
    st.integers(1, 3_000_000),
)
def test_balance_is_the_mains_less_the_circuits(device: Device, start: int, seconds: int) -> None:
    end = start + seconds
    circuits = [circuit.number for circuit in device.circuits if not circuit.merged_into]
    measured = [device.kwh(number, start, end) for number in circuits]
    balance = device.kwh(MAINS, start, end) - math.fsum(measured)
    assert device.kwh(BALANCE, start, end) == pytest.approx(balance, rel=1e-9, abs=1e-9)


@settings(max_examples=10, deadline=None)
@given(moments, st.integers(1, 200_000))
def test_what_is_bought_and_sold_makes_the_mains(start: int, seconds: int) -> None:
    solar = Readings(device=SOLAR, uplinks=Uplinks(), now=start)
    bought, sold, mains = (
        solar.tenths(channel, start, start + seconds) for channel in (FROM_GRID, TO_GRID, MAINS)
    )
    assert bought >= 0 >= sold
    assert bought + sold == mains


def test_total_usage_leaves_the_roof_out() -> None:
    start, end = utc(2026, 6, 20), utc(2026, 6, 21)
    made = -SOLAR.kwh("1", start, end)
    used = SOLAR.kwh(TOTAL_USAGE, start, end)
    assert used == pytest.approx(SOLAR.kwh(MAINS, start, end) + made)
    assert made > used > 0


def test_a_merged_circuit_is_its_two_legs() -> None:
    start, end = utc(2026, 1, 20), utc(2026, 1, 21)
    legs = SOLAR.kwh("4", start, end) + SOLAR.kwh("5", start, end)
    assert SOLAR.kwh("97", start, end) == pytest.approx(legs)


def test_every_second_of_the_mains_differs() -> None:
    now = utc(2026, 11, 24, 12)
    seconds = [HOME.kwh(MAINS, now + i, now + i + 1) for i in range(60)]
    assert all(before != after for before, after in pairwise(seconds))


def test_people_cook_in_the_evening_and_charge_the_car_at_night() -> None:
    evening, night, noon = utc(2026, 11, 24, 23, 20), utc(2026, 11, 23, 7), utc(2026, 11, 23, 17)
    charger = HOME.nested[1]
    assert HOME.kwh("2", evening, evening + 60) * 60_000 > 1_500
    assert charger.kwh(MAINS, night, night + 60) * 60_000 > 4_000
    assert charger.kwh(MAINS, noon, noon + 60) * 60_000 < 10


def test_a_roof_makes_nothing_at_night_and_most_at_noon() -> None:
    night, noon = utc(2026, 6, 20, 23), utc(2026, 6, 20, 10, 30)
    assert SOLAR.kwh("1", night, night + 60) > 0
    assert SOLAR.kwh("1", noon, noon + 60) * 60_000 < -2_000


def test_a_roof_feeds_the_grid_at_midday_even_in_autumn_and_never_at_night() -> None:
    middays = [utc(2026, 10, day, 11) for day in range(1, 12)]
    nights = [utc(2026, 10, day, 23) for day in range(1, 12)]
    assert any(SOLAR.kwh(MAINS, at, at + 60) * 60_000 < -1_000 for at in middays)
    assert all(SOLAR.kwh(MAINS, at, at + 60) > 0 for at in nights)


def test_habits_follow_the_local_clock_through_the_year() -> None:
    before, after = utc(2026, 10, 30, 16, 30), utc(2026, 11, 6, 17, 30)
    assert HOME.kwh("12", before - 240, before) == pytest.approx(
        HOME.kwh("12", after - 240, after), rel=0.05
    )


def test_a_range_is_cut_where_the_clock_changes() -> None:
    start, end = utc(2026, 11, 1, 5), utc(2026, 11, 1, 7)
    changed = utc(2026, 11, 1, 6)
    assert list(local_stretches(HOME.calendar.zone, start, end)) == [
        (start, changed, -4 * 3600),
        (changed, end, -5 * 3600),
    ]


def test_gids_are_told_apart_across_customers() -> None:
    gids = [device.gid for device in ALL_DEVICES]
    assert len(gids) == len(set(gids))
