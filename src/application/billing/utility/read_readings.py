"""What the utility's meter told beside what the archive holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from application.accounts.access import Caller
from application.archive.exchange.known_customer import KnownCustomer
from application.billing.utility.compare_hours import BothBills, CompareHours
from application.emporia.cloud.usable_link import usable_link
from application.ports.billing.utility_readings import HomeMeter, KeptUtilityReadings
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.heavy_work import HeavyWork
from domain.archive.spans import DAY_SECONDS, HOUR_SECONDS, month_at
from domain.billing.errors import NoUtilityReadings
from domain.billing.pricing.metered import MeteredHour
from domain.billing.utility.compare import Comparison
from domain.billing.utility.months import hours_in
from domain.billing.utility.readings import UtilityReadings
from domain.emporia.homes import named_home
from domain.errors import InvalidInput

MOST_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class UtilityQuery:
    """The home that has this panel, by gid; None is the only home.

    Hours that begin in [start, end), in seconds since 1970; None is as much as may be asked for, to
    the last hour that is kept. Raises InvalidInput.
    """

    caller: Caller
    home: int | None
    start: int | None = None
    end: int | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None:
            if self.start >= self.end:
                raise InvalidInput("start: must be before end.")
            if self.end - self.start > MOST_DAYS * DAY_SECONDS:
                raise InvalidInput(f"end: ask for {MOST_DAYS} days at most.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldReadings:
    """The utility's hours, oldest first, and what came of the comparison; None where none lie in
    the range. `zone` is the home's, `since` and `changed_at` are of all that is kept."""

    home: int
    zone: str
    changed_at: datetime
    since: int
    hours: Mapping[int, MeteredHour]
    comparison: Comparison | None
    bills: BothBills | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadUtilityReadings:
    """Compares hour by hour; Emporia is asked for nothing but the device list."""

    links: EmporiaLinkRepository
    customers: KnownCustomer
    kept: KeptUtilityReadings
    compare: CompareHours
    work: HeavyWork

    async def __call__(self, query: UtilityQuery) -> ToldReadings:
        """Raises NotLinked, LinkDead, InvalidInput for what is no home, NoUtilityReadings,
        StorageUnavailable, and an EmporiaError or BudgetSpent where no device list is known."""
        link = await usable_link(self.links, query.caller)
        customer = await self.customers(link)
        home = named_home(customer.homes, query.home)
        meter = HomeMeter.of(link.account, home)
        starts = await self.kept.starts(meter)
        changed_at = await self.kept.changed_at(meter)
        if not starts or changed_at is None:
            raise NoUtilityReadings
        newest = await self.kept.months(meter, starts[-1], starts[-1] + 1)
        last = max((hour.start for month in newest for hour in month.hours()), default=starts[-1])
        start, end = _range(query, starts[0], last + HOUR_SECONDS)
        months = await self.kept.months(meter, month_at(start)[0], end)
        hours = await self.work(partial(hours_in, months, start, end))
        told = None
        if hours:
            told = await self.compare(link, customer, home, UtilityReadings(hours=hours))
        return ToldReadings(
            home=meter.home,
            zone=customer.location_of(home.roots[0]).zone.key,
            changed_at=changed_at,
            since=starts[0],
            hours=hours,
            comparison=None if told is None else told.comparison,
            bills=None if told is None else told.bills,
        )


def _range(query: UtilityQuery, since: int, until: int) -> tuple[int, int]:
    """As it was asked for, no longer than it may be, within all that is kept: [since, until)."""
    most = MOST_DAYS * DAY_SECONDS
    if query.start is not None:
        start = query.start
        end = start + most if query.end is None else query.end
    else:
        end = until if query.end is None else query.end
        start = end - most
    return max(start, since), min(end, until)
