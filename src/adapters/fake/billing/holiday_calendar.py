"""Holidays of one country of our own."""

from datetime import date

from application.ports.billing.holiday_calendar import HolidayCalendar
from domain.billing.errors import TariffUnacceptable
from domain.billing.tariffs.holidays import HolidayRule


class InventedHolidays(HolidayCalendar):
    """The US has Independence Day alone here, made up for on the day before or after."""

    def days(self, rule: HolidayRule, first: date, end: date) -> frozenset[date]:
        """As the port says."""
        if rule.country not in (None, "US") or rule.subdivision not in (None, "CA"):
            raise TariffUnacceptable(f"holidays: the holidays of {rule.country} are not known.")
        found = set(rule.days)
        if rule.country == "US" and rule.leaves("Independence Day"):
            for year in range(first.year, end.year + 1):
                feast = date(year, 7, 4)
                found.add(feast)
                if rule.observed and feast.weekday() >= 5:
                    found.add(date(year, 7, 3 if feast.weekday() == 5 else 5))
        return frozenset(day for day in found if first <= day < end)
