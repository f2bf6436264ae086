"""When which period of a tariff holds: by month, day of the week, hour, and on holidays."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.billing.errors import TariffUnacceptable
from domain.billing.tariffs.checks import MOST_PERIODS

MONTHS = 12
HOURS = 24
HOLIDAY = 7
"""Stands after Monday to Sunday, which are 0 to 6."""

KINDS_OF_DAY = 8

Table = tuple[bytes, ...]
"""A period for each hour of a day, for each month."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The period of each hour: eight tables of 12 x 24, Monday to Sunday and holidays.

    Hours are local. The table of holidays may be empty. Raises TariffUnacceptable for tables of
    another shape.
    """

    tables: tuple[Table, ...]

    def __post_init__(self) -> None:
        days, feast = self.tables[:HOLIDAY], self.tables[HOLIDAY:]
        if len(self.tables) != KINDS_OF_DAY or not all(
            _is_table(table) for table in (*days, *filter(None, feast))
        ):
            raise TariffUnacceptable(
                f"schedule: give {MONTHS} months of {HOURS} hours, each a period from 0 to "
                f"{MOST_PERIODS - 1}."
            )

    @classmethod
    def always(cls) -> "Schedule":
        """One period, whenever."""
        return cls.by_month([0] * MONTHS)

    @classmethod
    def by_month(cls, periods: Sequence[int]) -> "Schedule":
        """A period for each month, January first."""
        return cls.of(weekday=[[period] * HOURS for period in periods])

    @classmethod
    def of(
        cls,
        *,
        weekday: Sequence[Sequence[int]],
        weekend: Sequence[Sequence[int]] | None = None,
        holiday: Sequence[Sequence[int]] | None = None,
    ) -> "Schedule":
        """Of tables of 12 months by 24 hours; weekends are as weekdays unless told otherwise.

        Holidays are as the day they fall on, unless they have a table of their own.
        """
        working = table_of(weekday)
        resting = working if weekend is None else table_of(weekend)
        feast: Table = () if holiday is None else table_of(holiday)
        return cls((*[working] * 5, resting, resting, feast))

    @property
    def knows_holidays(self) -> bool:
        """Whether holidays have a table of their own."""
        return bool(self.tables[HOLIDAY])

    @property
    def highest(self) -> int:
        """The highest period that it names."""
        return max(max(row) for table in self.tables for row in table)

    def row(self, kind: int, month: int) -> bytes:
        """The periods of the 24 hours of such a day; months from 1."""
        return self.tables[kind][month - 1]

    def months_with(self, period: int) -> frozenset[int]:
        """The months, from 1, in which the period comes at all."""
        return frozenset(
            month
            for month in range(1, MONTHS + 1)
            if any(table and period in table[month - 1] for table in self.tables)
        )


def table_of(months: Sequence[Sequence[int]]) -> Table:
    """The same as bytes; raises TariffUnacceptable for numbers that are no periods."""
    try:
        return tuple(bytes(hours) for hours in months)
    except ValueError:
        raise TariffUnacceptable(
            f"schedule: a period is a number from 0 to {MOST_PERIODS - 1}."
        ) from None


def _is_table(table: Table) -> bool:
    return len(table) == MONTHS and all(
        len(row) == HOURS and max(row) < MOST_PERIODS for row in table
    )
