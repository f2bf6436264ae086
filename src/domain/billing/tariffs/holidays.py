"""Which holidays a tariff knows: those of a country, and days of its own."""

import re
from dataclasses import dataclass
from datetime import date

from domain.billing.errors import TariffUnacceptable
from domain.billing.tariffs.checks import LONGEST_NAME, require_count

MOST_NAMES = 40
MOST_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayRule:
    """The public holidays of a country, or of a part of it, and other days.

    `country` is of two capitals (ISO 3166-1), None for no public holidays at all. `names` leaves
    only those whose name holds one of them, in whatever case; none leaves all. `observed` counts
    the days on which holidays of a weekend are made up for.
    """

    country: str | None = None
    subdivision: str | None = None
    names: frozenset[str] = frozenset()
    observed: bool = False
    days: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.country is not None and not re.fullmatch("[A-Z]{2}", self.country):
            raise TariffUnacceptable("holidays.country: write two capitals, such as US.")
        if self.subdivision is not None and not re.fullmatch("[A-Z0-9]{1,3}", self.subdivision):
            raise TariffUnacceptable("holidays.subdivision: write it as ISO 3166-2, such as CA.")
        require_count(self.names, field="holidays.names", most=MOST_NAMES)
        require_count(self.days, field="holidays.days", most=MOST_DAYS)
        if any(not 0 < len(name) <= LONGEST_NAME for name in self.names):
            raise TariffUnacceptable(f"holidays.names: give 1 to {LONGEST_NAME} characters each.")

    def leaves(self, name: str) -> bool:
        """Whether a public holiday of this name counts."""
        return not self.names or any(part.casefold() in name.casefold() for part in self.names)


NO_HOLIDAYS = HolidayRule()
