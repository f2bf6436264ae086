from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.archive.energy import MILLIJOULES_PER_KWH, MOST_KWH, Energy
from domain.archive.recording.reading import figures_of
from tests.unit.domain.archive.readings import OFTEN, chance

KILOWATT_HOURS = some.floats(-1000, 1000, allow_nan=False)


@pytest.mark.parametrize(
    ("kilowatt_hours", "millijoules"),
    [(1 / 2048, 1757812), (3 / 2048, 5273438), (-1 / 2048, -1757812), (5 / 2048, 8789062)],
)
def test_halves_are_rounded_to_the_even_number(kilowatt_hours, millijoules) -> None:
    assert Fraction(kilowatt_hours) * MILLIJOULES_PER_KWH % 1 == Fraction(1, 2)
    assert Energy.of_kilowatt_hours(kilowatt_hours) == Energy(millijoules)
    assert millijoules % 2 == 0


@OFTEN
@given(KILOWATT_HOURS)
def test_a_figure_is_within_half_a_millijoule_of_what_was_measured(kilowatt_hours) -> None:
    told = Energy.of_kilowatt_hours(kilowatt_hours).millijoules
    off = abs(Fraction(kilowatt_hours) * MILLIJOULES_PER_KWH - told)
    assert off <= Fraction(1, 2) + Fraction(1, 1000)


@OFTEN
@given(KILOWATT_HOURS)
def test_what_was_told_is_rounded_to_the_same_number_again(kilowatt_hours) -> None:
    energy = Energy.of_kilowatt_hours(kilowatt_hours)
    assert Energy.of_kilowatt_hours(energy.kilowatt_hours) == energy


@OFTEN
@given(some.lists(KILOWATT_HOURS, max_size=50), some.integers())
def test_sums_are_the_same_in_whatever_order(kilowatt_hours, seed) -> None:
    figures = [Energy.of_kilowatt_hours(each) for each in kilowatt_hours]
    total = sum(figures, Energy(0))
    chance(seed).shuffle(figures)
    assert sum(figures, Energy(0)) == total
    for figure in figures:
        total -= figure
    assert total == Energy(0)


@OFTEN
@given(some.lists(some.none() | KILOWATT_HOURS, max_size=30))
def test_figures_in_a_row_are_rounded_each_by_itself(usages) -> None:
    figures = figures_of(usages)
    assert list(figures.millijoules) == [
        0 if usage is None else Energy.of_kilowatt_hours(usage).millijoules for usage in usages
    ]
    told = [is_known for is_known, count in figures.known for _ in range(count)]
    assert told == [usage is not None for usage in usages]


@pytest.mark.parametrize(
    "usage", [float("nan"), float("inf"), -float("inf"), MOST_KWH * 1.001, -MOST_KWH * 1.001]
)
def test_what_no_home_can_use_is_no_figure(usage) -> None:
    figures = figures_of([usage, MOST_KWH])
    assert list(figures.millijoules) == [0, int(MOST_KWH) * MILLIJOULES_PER_KWH]
    assert figures.known == ((False, 1), (True, 1))
