"""What a year of bills costs the server in CPU: 18 circuits, 8,760 hours, a tariff with all rules.

Times of use by season with two tiers each, demand by time of use, fixed charges and a tax. Each
round prices anew; the median is told.

Usage: python -m benchmarks.billing [--rounds N]
"""

import platform
import time
from array import array
from datetime import date
from decimal import Decimal
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

import click

from domain.archive.energy import MILLIJOULES_PER_KWH
from domain.billing.bills.rows import RowsBy, Split, rows_of
from domain.billing.bills.shares import Circuit, Shares
from domain.billing.money import Currency
from domain.billing.periods import periods_between
from domain.billing.pricing.calendar import Calendar
from domain.billing.pricing.metered import Metered
from domain.billing.pricing.price import price_in_turn
from domain.billing.tariffs.charges import FixedCharge, Percentage
from domain.billing.tariffs.demand import DemandCharge, DemandPeriod
from domain.billing.tariffs.energy import EnergyPeriod, EnergyRates, Tier
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates, Tariff

CIRCUITS = 18
FIRST, END = date(2025, 1, 1), date(2026, 1, 1)
ZONE = ZoneInfo("America/New_York")
ALL_ROWS = [
    (by, split)
    for by in (RowsBy.BILL, RowsBy.MONTH, RowsBy.DAY)
    for split in (Split.CIRCUIT, Split.LINE, Split.NONE)
]


@click.command(help=__doc__)
@click.option("--rounds", default=7, type=click.IntRange(1, 100))
def main(rounds: int) -> None:
    """Measure, and print one table."""
    click.echo(f"Python {platform.python_version()}, {CIRCUITS} circuits, a year of hours")
    for by, split in ALL_ROWS:
        milliseconds = median(_cpu_milliseconds(by, split) for _ in range(rounds))
        click.echo(f"by {by:5} split {split:7}  {milliseconds:7.1f} ms of CPU")


def _cpu_milliseconds(by: RowsBy, split: Split) -> float:
    home, circuits = _home()
    began = time.process_time()
    calendar = _calendar()
    bills = list(
        price_in_turn(
            TARIFF,
            periods_between(FIRST, END, 1),
            calendar=calendar,
            metered=home,
            until=calendar.after,
        )
    )
    shares = Shares(home, circuits)
    rows = list(rows_of(bills, by=by, split=split, shares=shares, currency=TARIFF.currency))
    spent = time.process_time() - began
    if sum(row.imported for row in rows) != sum(home.imported):
        raise click.ClickException("the rows do not add up to what was metered.")
    return spent * 1000


def _calendar() -> Calendar:
    return Calendar(zone=ZONE, first=FIRST, end=END, holidays=frozenset({date(2025, 7, 4)}))


def _home() -> tuple[Metered, list[Circuit]]:
    """Circuits use a little less than the home on the mean, and in some hours more."""
    chance = Random(2)  # noqa: S311
    home = _metered(chance, MILLIJOULES_PER_KWH)
    part = int(MILLIJOULES_PER_KWH / CIRCUITS * 0.9)
    return home, [
        Circuit(key=f"1001:{number}", metered=_metered(chance, part))
        for number in range(1, CIRCUITS + 1)
    ]


def _metered(chance: Random, most: int) -> Metered:
    calendar = _calendar()
    count = calendar.count
    quarters = array("q", [chance.randrange(most) for _ in range(count * 4)])
    return Metered(
        start=calendar.start,
        imported=array("q", [sum(quarters[place * 4 : place * 4 + 4]) for place in range(count)]),
        exported=array("q", bytes(8 * count)),
        known_seconds=array("H", [3600] * count),
        netted=bytes(count),
        quarters=quarters,
        held=b"\1" * count,
    )


def _season(summer: list[int], winter: list[int]) -> list[list[int]]:
    return [summer if 6 <= month <= 9 else winter for month in range(1, 13)]


def _period(name: str, first: str, second: str) -> EnergyPeriod:
    return EnergyPeriod(name, (Tier(Decimal(first), Decimal(600)), Tier(Decimal(second))))


TARIFF = Tariff(
    name="All rules",
    currency=Currency("USD"),
    rates=(
        Rates(
            since=date(2020, 1, 1),
            energy=EnergyRates(
                periods=(
                    _period("Summer off-peak", "0.10", "0.12"),
                    _period("Summer peak", "0.30", "0.36"),
                    _period("Winter off-peak", "0.09", "0.11"),
                    _period("Winter peak", "0.20", "0.24"),
                ),
                schedule=Schedule.of(
                    weekday=_season([0] * 16 + [1] * 5 + [0] * 3, [2] * 6 + [3] * 4 + [2] * 14),
                    weekend=_season([0] * 24, [2] * 24),
                    holiday=_season([0] * 24, [2] * 24),
                ),
            ),
            demand=(
                DemandCharge(
                    periods=(
                        DemandPeriod.flat("Demand off-peak", Decimal(1)),
                        DemandPeriod.flat("Demand at peak", Decimal(6)),
                    ),
                    schedule=Schedule.of(weekday=[[0] * 16 + [1] * 5 + [0] * 3] * 12),
                ),
            ),
            fixed=(FixedCharge("Customer charge", Decimal(12)),),
            percentages=(Percentage("Tax", Decimal("6.5")),),
        ),
    ),
)

if __name__ == "__main__":
    main()
