from array import array
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.billing.periods import Period
from domain.billing.pricing.metered import NOT_HELD, Metered, MeteredHour
from domain.billing.pricing.quartered import in_quarters
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates
from tests.unit.domain.archive.readings import OFTEN
from tests.unit.domain.billing.made import (
    KWH,
    LONG_AGO,
    amounts,
    bill,
    calendar_of,
    steady,
    tariff_of,
)
from tests.unit.domain.billing.published import hours
from tests.unit.domain.billing.test_bills_by_hand import BEFORE_FOUR

KOLKATA = ZoneInfo("Asia/Kolkata")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
START = 1_700_000_000 // 3600 * 3600


def _hours() -> Metered:
    return Metered.of_hours(
        [
            MeteredHour(start=START + 3600, imported=9, exported=2, quarters=(5, -2, 4, 0)),
            MeteredHour(start=START + 7200, imported=7, known_seconds=1800, netted=True),
            MeteredHour(start=START - 3600, imported=99),
            MeteredHour(start=START + 10800, imported=99),
        ],
        start=START,
        end=START + 10800,
    )


def test_hours_are_put_in_their_places_and_those_left_out_are_unknown() -> None:
    metered = _hours()
    assert list(metered.imported) == [0, 9, 7]
    assert list(metered.exported) == [0, 2, 0]
    assert list(metered.known_seconds) == [0, 3600, 1800]
    assert metered.netted == b"\0\0\1"
    assert list(metered.peaks) == [NOT_HELD, 5, NOT_HELD]
    assert metered.end == START + 10800


def test_a_stretch_beyond_what_was_metered_is_unknown() -> None:
    cut = _hours().over(START + 3600, START + 14400)
    assert list(cut.imported) == [9, 7, 0]
    assert list(cut.quarters[:4]) == [5, -2, 4, 0]
    assert cut.held == b"\1\0\0"
    early = _hours().over(START - 7200, START + 3600)
    assert (early.start, list(early.known_seconds)) == (START - 7200, [0, 0, 0])
    assert _hours().over(START, START + 10800).count == 3


def test_hours_in_quarters_keep_what_they_sum_to() -> None:
    quartered = in_quarters(_hours())
    assert list(quartered.imported) == [0, 0, 0, 0, 5, 0, 4, 0, 2, 2, 2, 1]
    assert list(quartered.exported[4:8]) == [0, 2, 0, 0]
    assert list(quartered.known_seconds) == [0] * 4 + [900] * 4 + [450] * 4
    assert list(quartered.peaks[4:]) == [5, 0, 4, 0, *[NOT_HELD] * 4]


@OFTEN
@given(
    some.tuples(*[some.integers(-50, 50)] * 4),
    some.integers(0, 9),
    some.booleans(),
)
def test_no_energy_is_lost_in_quarters(quarters, both_ways, is_held) -> None:
    imported = sum(max(0, each) for each in quarters) + both_ways
    exported = sum(max(0, -each) for each in quarters) + both_ways
    hour = MeteredHour(
        start=START,
        imported=imported,
        exported=exported,
        quarters=quarters if is_held else None,
    )
    cut = in_quarters(Metered.of_hours([hour], start=START, end=START + 3600))
    assert (sum(cut.imported), sum(cut.exported)) == (imported, exported)
    assert min(cut.imported) >= 0
    assert min(cut.exported) >= 0


def test_where_days_begin_on_a_half_hour_slots_are_quarters() -> None:
    """Thirty nights of four hours, whatever UTC says."""
    calendar = calendar_of(date(2025, 6, 1), date(2025, 7, 1), KOLKATA)
    assert calendar.slot_seconds == 900
    period = Period.whole(calendar.first, calendar.end)
    made = bill(
        tariff_of(Rates(since=LONG_AGO, energy=BEFORE_FOUR)), period, calendar, steady(calendar)
    )
    assert amounts(made)["Night"] == 120


def test_a_change_of_clocks_by_half_an_hour_is_kept() -> None:
    """2 October 2022 on Lord Howe begins summer at two: half an hour is skipped."""
    calendar = calendar_of(date(2022, 10, 2), date(2022, 10, 3), LORD_HOWE)
    third = Schedule.of(weekday=[hours(0, (2, 3, 1))] * 12)
    assert calendar.count == 94
    assert calendar.classes(third).count(1) == 2


def test_a_schedule_is_laid_on_the_slots_once() -> None:
    calendar = calendar_of(date(2025, 6, 1), date(2025, 6, 3))
    assert calendar.classes(Schedule.always()) is calendar.classes(Schedule.always())


@pytest.mark.parametrize("slot_seconds", [900, 3600])
def test_nothing_is_nothing_in_slots_of_either_width(slot_seconds) -> None:
    nothing = Metered.nothing(START, 8, slot_seconds)
    assert nothing.peaks == array("q", [NOT_HELD] * 8)
    assert nothing.end == START + 8 * slot_seconds
    assert KWH == 3_600_000_000
