"""Which days are holidays."""

from datetime import date
from typing import Protocol

from domain.billing.tariffs.holidays import HolidayRule


class HolidayCalendar(Protocol):
    """Knows the public holidays of countries."""

    def days(self, rule: HolidayRule, first: date, end: date) -> frozenset[date]:
        """The holidays of [first, end) that the rule leaves, and its own days among them.

        Raises TariffUnacceptable where the country or its part is not known. Blocks.
        """
        ...
