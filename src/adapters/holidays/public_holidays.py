"""Public holidays of some 250 countries, as the holidays package works them out."""

from datetime import date

from application.ports.billing.holiday_calendar import HolidayCalendar
from domain.billing.errors import TariffUnacceptable
from domain.billing.tariffs.holidays import HolidayRule


class PublicHolidays(HolidayCalendar):
    """Loads the package when the first country is asked for: that takes a quarter of a second."""

    def days(self, rule: HolidayRule, first: date, end: date) -> frozenset[date]:
        """As the port says."""
        found = set(rule.days)
        if rule.country is not None:
            found.update(self._public(rule, rule.country, first, end))
        return frozenset(day for day in found if first <= day < end)

    def _public(self, rule: HolidayRule, country: str, first: date, end: date) -> set[date]:
        from holidays import country_holidays

        # New Year's Day may be made up for on the last day of the year before.
        years = range(first.year, end.year + 2)
        try:
            public = country_holidays(
                country, subdiv=rule.subdivision, years=years, observed=rule.observed
            )
        except NotImplementedError:
            place = country if rule.subdivision is None else f"{country}-{rule.subdivision}"
            raise TariffUnacceptable(
                f"holidays: the holidays of {place} are not known; use a code of ISO 3166 or give "
                "the days themselves."
            ) from None
        return {day for day, name in public.items() if rule.leaves(name)}
