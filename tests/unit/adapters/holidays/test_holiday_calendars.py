"""What every calendar of holidays does, the real one and its stand-in alike."""

from datetime import date

import pytest

from adapters.fake.billing.holiday_calendar import InventedHolidays
from adapters.holidays.public_holidays import PublicHolidays
from domain.billing.errors import TariffUnacceptable
from domain.billing.tariffs.holidays import NO_HOLIDAYS, HolidayRule

JULY_2026 = date(2026, 7, 1), date(2026, 8, 1)
INDEPENDENCE = frozenset({"Independence Day"})


@pytest.fixture(params=[InventedHolidays, PublicHolidays])
def calendar(request):
    return request.param()


@pytest.mark.parametrize(("observed", "days"), [(False, [4]), (True, [3, 4])])
def test_holidays_of_a_weekend_are_made_up_for_where_that_counts(calendar, observed, days) -> None:
    rule = HolidayRule(country="US", names=INDEPENDENCE, observed=observed)
    assert sorted(day.day for day in calendar.days(rule, *JULY_2026)) == days


def test_only_the_chosen_holidays_count(calendar) -> None:
    rule = HolidayRule(country="US", subdivision="CA", names=frozenset({"Nothing Day"}))
    assert calendar.days(rule, *JULY_2026) == frozenset()


def test_days_of_ones_own_count_where_they_are_asked_for(calendar) -> None:
    rule = HolidayRule(days=frozenset({date(2026, 7, 9), date(2026, 9, 1)}))
    assert calendar.days(rule, *JULY_2026) == {date(2026, 7, 9)}
    assert calendar.days(NO_HOLIDAYS, *JULY_2026) == frozenset()


@pytest.mark.parametrize(("country", "part"), [("XX", None), ("US", "ZZ"), ("XX", "CA")])
def test_an_unknown_place_is_refused(calendar, country, part) -> None:
    with pytest.raises(TariffUnacceptable, match=f"holidays of {country}"):
        calendar.days(HolidayRule(country=country, subdivision=part), *JULY_2026)


def test_a_new_year_may_be_made_up_for_in_the_year_before() -> None:
    """1 January 2028 is a Saturday."""
    rule = HolidayRule(country="US", names=frozenset({"New Year"}), observed=True)
    days = PublicHolidays().days(rule, date(2027, 12, 1), date(2028, 1, 1))
    assert days == {date(2027, 12, 31)}
