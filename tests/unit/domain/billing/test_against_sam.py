"""Bills of a simulated year beside those of NREL's System Advisor Model, to the cent.

Where the two differ by rule, and the comparison steers clear of it:

- The model's year has 365 days and begins on a Monday: 2018 is priced, in a zone without summer
  time, on tariffs without holidays.
- Its months are the calendar's: the billing day is the first.
- What net metering carries is worth nothing after its last month, as here where no price is told.
- When seasons change, it sets what was carried in one season's times of use against those of the
  other; here that stays with its own until the season comes again, or a month settles all. The last
  test shows the difference, in the first month after the change.
"""

from array import array
from datetime import date
from math import pi, sin
from random import Random

import pytest

from domain.billing.periods import periods_between
from domain.billing.pricing.price import price_in_turn
from domain.billing.tariffs.exports import NetMetering
from domain.billing.tariffs.tariff import Rates
from tests.unit.domain.billing.made import KWH, calendar_of, metered_of, tariff_of
from tests.unit.domain.billing.published import PUBLISHED, SCE_ENERGY, SINCE, WITH_SUN
from tests.unit.domain.billing.sam import QUARTERS_OF_A_YEAR, monthly_bills

YEAR = calendar_of(date(2018, 1, 1), date(2019, 1, 1))
A_CENT = 0.01


def _load() -> list[float]:
    """A home's kW by the quarter hour: mornings, evenings, a hot summer, and chance."""
    chance = Random(18)  # noqa: S311
    load = []
    for quarter in range(QUARTERS_OF_A_YEAR):
        hour, day = quarter / 4 % 24, quarter / 96
        evening = max(0.0, sin((hour - 14) / 10 * pi)) if 14 <= hour < 24 else 0.0
        summer = 1 + 0.8 * max(0.0, sin((day - 100) / 200 * pi))
        load.append(round((0.4 + 1.6 * evening + 0.9 * chance.random()) * summer, 3))
    return load


def _sun() -> list[float]:
    """A roof's kW by the quarter hour: more than the home takes at noon, and in some months."""
    chance = Random(4)  # noqa: S311
    sun = []
    for quarter in range(QUARTERS_OF_A_YEAR):
        hour, day = quarter / 4 % 24, quarter / 96
        height = max(0.0, sin((hour - 6) / 12 * pi)) if 6 <= hour < 18 else 0.0
        season = 1 + 0.4 * sin((day - 80) / 365 * 2 * pi)
        sun.append(round(3.6 * height * season * (0.4 + 0.6 * chance.random()), 3))
    return sun


LOAD, SUN, NO_SUN = _load(), _sun(), [0.0] * QUARTERS_OF_A_YEAR


def _ours(rates: Rates, sun: list[float]) -> list[float]:
    quarters = [round((load - made) * KWH / 4) for load, made in zip(LOAD, sun, strict=True)]
    bills = price_in_turn(
        tariff_of(rates),
        periods_between(YEAR.first, YEAR.end, 1),
        calendar=YEAR,
        metered=metered_of(YEAR, array("q", quarters)),
        until=YEAR.after,
    )
    return [float(priced.amount) for priced in bills]


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_home_pays_what_the_reference_model_says(name) -> None:
    ours, theirs = _ours(PUBLISHED[name], NO_SUN), monthly_bills(PUBLISHED[name], LOAD, NO_SUN)
    assert len(set(theirs)) > 1
    assert ours == pytest.approx(theirs, abs=A_CENT, rel=0)


@pytest.mark.parametrize("roofs", [1, 1.6, 3])
@pytest.mark.parametrize("name", WITH_SUN)
def test_a_home_with_a_roof_pays_what_the_reference_model_says(name, roofs) -> None:
    sun = [roofs * each for each in SUN]
    ours, theirs = _ours(WITH_SUN[name], sun), monthly_bills(WITH_SUN[name], LOAD, sun)
    assert ours == pytest.approx(theirs, abs=A_CENT, rel=0)


def test_what_is_carried_over_a_change_of_seasons_stays_with_its_own() -> None:
    rates = Rates(since=SINCE, energy=SCE_ENERGY, export=NetMetering(name="Credit"))
    sun = [1.6 * each for each in SUN]
    ours, theirs = _ours(rates, sun), monthly_bills(rates, LOAD, sun)
    assert ours[:5] == pytest.approx(theirs[:5], abs=A_CENT, rel=0)
    assert ours[5] > theirs[5] + 1
