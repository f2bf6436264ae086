"""What the cloud tells is rounded as its exports are, and still adds up to the last digit."""

import math
import statistics
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from adapters.emporia_simulator.homes.customers import CUSTOMERS
from adapters.emporia_simulator.homes.energy.buckets import Scale
from adapters.emporia_simulator.homes.energy.counter import TENTHS_PER_KWH
from adapters.emporia_simulator.homes.energy.devices import BALANCE, MAINS, Device
from adapters.emporia_simulator.homes.energy.meter import EnergyUnit, Meter
from adapters.emporia_simulator.homes.energy.uplinks import SecondsMode, Uplinks
from adapters.emporia_simulator.homes.first_home import FIRST_HOME
from adapters.emporia_simulator.homes.mill import mill
from adapters.emporia_simulator.homes.solar_home import SOLAR_HOME
from adapters.emporia_simulator.homes.years_home import YEARS_HOME

FAR = 2_000_000_000
CHANNELS = [
    (device, channel)
    for customer in CUSTOMERS
    for root in (customer.devices if customer.home is not mill else mill()[-1:])
    for device in root.walk()
    if device.connected and device.installed_before_start_seconds is None
    for channel in device.channels
]
NOISY = Uplinks(noise=0.004)

channels = st.sampled_from(CHANNELS)
moments = st.integers(1_500_000_000, 1_900_000_000)
uplinks = st.sampled_from([NOISY, *(Uplinks(seconds=mode) for mode in SecondsMode)])


def tenths(
    scale: Scale, device: Device, channel: str, start: int, end: int, **changes: Any
) -> list[int]:
    """A chart in tenths of a joule, each of which must be a whole number of them."""
    # as if read right after it happened, so that nothing is forgotten yet
    meter = Meter(
        now=end, published_until=end, scale=scale, unit=EnergyUnit.KILOWATT_HOURS, **changes
    )
    found = []
    for kwh in meter.chart(device, channel, start, end):
        assert kwh is not None
        exact = kwh * TENTHS_PER_KWH
        assert exact == pytest.approx(round(exact), rel=1e-12, abs=1e-6)
        found.append(round(exact))
    return found


@settings(max_examples=80, deadline=None)
@given(channels, moments, uplinks)
def test_sixty_seconds_of_a_tenth_of_a_watt_make_a_minute_of_a_tenth_of_a_watt(
    channel: tuple[Device, str], at: int, uplinks: Uplinks
) -> None:
    device, number = channel
    start = at - at % 60
    seconds = tenths(Scale.SECOND, device, number, start, start + 60, uplinks=uplinks)
    (minute,) = tenths(Scale.MINUTE, device, number, start, start + 60, uplinks=uplinks)
    assert sum(seconds) == minute
    assert minute % 60 == 0


@settings(max_examples=40, deadline=None)
@given(
    channels,
    moments,
    st.sampled_from(
        [
            (Scale.MINUTE, Scale.QUARTER_HOUR),
            (Scale.QUARTER_HOUR, Scale.HOUR),
            (Scale.HOUR, Scale.DAY),
            (Scale.DAY, Scale.WEEK),
            (Scale.DAY, Scale.MONTH),
            (Scale.MONTH, Scale.YEAR),
        ]
    ),
)
def test_each_scale_is_the_exact_sum_of_the_finer_one(
    channel: tuple[Device, str], at: int, scales: tuple[Scale, Scale]
) -> None:
    (device, number), (fine, wide) = channel, scales
    start = device.calendar.start(wide, at)
    end = device.calendar.after(wide, start)
    for edge in (start, end):  # amid an hour in Kolkata, amid a month where bills begin
        assume(device.calendar.start(fine, edge) == edge)
    assert [sum(tenths(fine, device, number, start, end))] == tenths(
        wide, device, number, start, end
    )


@settings(max_examples=60, deadline=None)
@given(channels, moments, st.integers(1, 3_000_000))
def test_rounding_moves_no_bucket_by_more_than_its_ends_allow(
    channel: tuple[Device, str], start: int, seconds: int
) -> None:
    device, number = channel
    merged = sum(number in (c.number, c.merged_into) for c in device.circuits)
    counters = 1 + len(device.circuits) if number == BALANCE else max(1, merged)
    end = start + seconds
    told = tenths(Scale.SECOND, device, number, start, start + 1)
    assert told[0] == pytest.approx(
        device.kwh(number, start, start + 1) * TENTHS_PER_KWH, abs=31 * counters
    )
    meter = Meter(now=end, published_until=end, scale=Scale.HOUR, unit=EnergyUnit.KILOWATT_HOURS)
    kwh = meter.usage(device, number, (start, end))
    assert kwh is not None
    true = device.kwh(number, start, end) * TENTHS_PER_KWH
    assert kwh * TENTHS_PER_KWH == pytest.approx(true, abs=62 * counters)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([device for device, _ in CHANNELS if device.circuits]), moments, uplinks)
def test_the_balance_is_the_mains_less_the_circuits_to_the_digit(
    device: Device, at: int, uplinks: Uplinks
) -> None:
    at -= at % 60
    circuits = [circuit.number for circuit in device.circuits if circuit.merged_into is None]
    mains, balance, *others = (
        sum(tenths(Scale.SECOND, device, number, at, at + 60, uplinks=uplinks))
        for number in (MAINS, BALANCE, *circuits)
    )
    assert balance == mains - sum(others)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([c for c in FIRST_HOME[0].circuits if c.loads]), moments, uplinks)
def test_a_circuit_that_only_draws_never_reads_as_giving_back(
    circuit: Any, at: int, uplinks: Uplinks
) -> None:
    at -= at % 60
    seconds = tenths(Scale.SECOND, FIRST_HOME[0], circuit.number, at, at + 60, uplinks=uplinks)
    assert min(seconds) >= 0


def test_live_seconds_are_within_a_tenth_of_a_watt_of_the_truth() -> None:
    start = 1_790_000_040
    told = tenths(Scale.SECOND, SOLAR_HOME[0], MAINS, start, start + 600)
    for second, tenth in enumerate(told, start=start):
        true = SOLAR_HOME[0].kwh(MAINS, second, second + 1) * TENTHS_PER_KWH
        assert abs(tenth - true) <= 2.0


def test_noise_is_as_strong_as_asked_and_the_same_each_time() -> None:
    office, start = YEARS_HOME[0], 1_790_000_040
    quiet, noisy, again = (
        tenths(Scale.SECOND, office, "10", start, start + 3_600, uplinks=way)
        for way in (Uplinks(), NOISY, Uplinks(noise=0.004))
    )
    off = [(b - a) / a for a, b in zip(quiet, noisy, strict=True)]
    assert noisy == again
    assert statistics.pstdev(off) == pytest.approx(0.004, rel=0.15)
    assert abs(statistics.fmean(off)) < 0.0005


def test_noise_differs_from_circuit_to_circuit() -> None:
    start = 1_790_000_040
    rows = [
        tenths(Scale.SECOND, YEARS_HOME[0], number, start, start + 60, uplinks=NOISY)
        for number in ("10", "11")
    ]
    assert correlation(*map(steps, rows)) < 0.6


def steps(values: Iterable[int]) -> list[int]:
    return [after - before for before, after in pairwise(values)]


def correlation(one: list[int], other: list[int]) -> float:
    return abs(statistics.correlation(one, other))


def test_no_digit_is_lost_in_decades() -> None:
    plug = FIRST_HOME[0].nested[0]
    for year in (1975, 1999, 2020, 2100, 2190):
        start = (year - 1970) * 31_556_940 // 60 * 60
        (hour,) = tenths(Scale.HOUR, plug, MAINS, start - start % 3_600, start - start % 3_600 + 1)
        assert math.isfinite(hour)
        true = plug.kwh(MAINS, start - start % 3_600, start - start % 3_600 + 1)
        assert hour == pytest.approx(true * TENTHS_PER_KWH, abs=31)
