"""A load's energy is the integral of its power, over a second as over years."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.emporia_simulator.homes.energy.loads import (
    DAY_SECONDS,
    Load,
    always_on,
    cycling,
    daily,
)

SOME_DAY = 20_000 * DAY_SECONDS
FEW_YEARS = 4 * 366 * DAY_SECONDS

loads = st.sampled_from(
    [
        always_on(100.0),
        always_on(3.0, every=1_777, ripples=97, ripple=0.06),
        cycling(135.0, on_minutes=17, every_minutes=46, begins_minutes=9),
        daily(7_200.0, at=23.5, hours=4.5, rhythm=(1.0, 0.0, 0.8)),
        daily(-6_800.0, at=5.5, hours=14.0, bell=True, rhythm=(1.0, 0.4), season=0.45),
        daily(900.0, at=3.0, hours=8.0, bell=True, season=0.8, season_peak_day=20),
    ]
)
moments = st.integers(SOME_DAY, SOME_DAY + FEW_YEARS)


def power(load: Load, at: float) -> float:
    """The load's power, written down as one would say it."""
    run, since = divmod(at - load.begins_seconds, load.period_seconds)
    if since >= load.lasts_seconds:
        return 0.0
    angle = math.tau * since / load.lasts_seconds
    shape = (1 - math.cos(angle)) / 2 if load.bell else 1.0
    ripple = 1 + load.ripple * math.cos(load.ripples * angle)
    days_since_peak = run * load.period_seconds / DAY_SECONDS - load.season_peak_day
    season = 1 + load.season * math.cos(math.tau * days_since_peak / 365.2425)
    return load.watts * shape * ripple * season * load.rhythm[int(run) % len(load.rhythm)]


@settings(max_examples=60, deadline=None)
@given(loads, moments)
def test_a_second_holds_what_the_power_in_it_amounts_to(load: Load, at: int) -> None:
    by_simpson = (power(load, at) + 4 * power(load, at + 0.5) + power(load, at + 1 - 1e-9)) / 6
    assert load.joules(at, at + 1) == pytest.approx(by_simpson, rel=1e-4, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(loads, st.tuples(moments, moments, moments).map(sorted))
def test_two_parts_make_the_whole(load: Load, edges: list[int]) -> None:
    start, middle, end = edges
    parts = load.joules(start, middle) + load.joules(middle, end)
    assert parts == pytest.approx(load.joules(start, end), rel=1e-11, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(loads, moments)
def test_sixty_seconds_make_the_minute(load: Load, at: int) -> None:
    seconds = math.fsum(load.joules(second, second + 1) for second in range(at, at + 60))
    assert seconds == pytest.approx(load.joules(at, at + 60), rel=1e-10, abs=1e-12)


def test_a_load_that_never_stops_never_stands_still() -> None:
    seconds = [always_on(100.0).joules(SOME_DAY + i, SOME_DAY + i + 1) for i in range(40)]
    assert len(set(seconds)) == 40


def test_a_run_may_go_on_past_midnight() -> None:
    load = daily(1_000.0, at=23.0, hours=2.0)
    midnight = SOME_DAY + DAY_SECONDS
    assert load.joules(midnight, midnight + 3_600) == pytest.approx(3_600_000, rel=0.03)
    assert load.joules(midnight + 3_600, midnight + 7_200) == 0.0
