"""The utility's own readings beside what the archive holds, and the bill both ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from application.archive.exchange.known_customer import KnownCustomer
from application.archive.months import Months
from application.billing.find_tariff import FindTariff
from application.ports.billing.holiday_calendar import HolidayCalendar
from application.ports.billing.utility_files import UtilityFiles
from application.ports.clock import Clock
from application.ports.heavy_work import HeavyWork
from domain.archive.series import Series
from domain.archive.spans import HOUR_SECONDS
from domain.billing.bills.costs import Plan, Span, costs_of, plan_of
from domain.billing.bills.rows import RowsBy, Split
from domain.billing.errors import NoTariff
from domain.billing.homes import mains_of
from domain.billing.money import Currency
from domain.billing.pricing.kept_hours import metered_of, together
from domain.billing.pricing.metered import Metered
from domain.billing.tariffs.tariff import Tariff
from domain.billing.utility.compare import Comparison, compare
from domain.billing.utility.readings import UtilityReadings
from domain.emporia.devices import Location
from domain.emporia.home_power import Home
from domain.emporia.homes import named_home
from domain.emporia.links import EmporiaLink
from domain.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class BothBills:
    """What the same hours cost, by the home's figures and by the utility's."""

    currency: Currency
    ours: Decimal
    theirs: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What a file says of a home; `bills` is None where no tariff is for it."""

    home: Home
    readings: UtilityReadings
    comparison: Comparison
    bills: BothBills | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconcile:
    """Compares a file with the archive; nothing of it is kept, and Emporia is asked for nothing
    but the device list."""

    customers: KnownCustomer
    find_tariff: FindTariff
    holidays: HolidayCalendar
    files: UtilityFiles
    months: Months
    work: HeavyWork
    clock: Clock

    async def __call__(self, link: EmporiaLink, file: Path, *, home: int | None) -> Reconciled:
        """Raises InvalidInput for what is no such file or home, StorageUnavailable, or what the
        directory raises."""
        readings = await self.work(partial(self.files.read, file))
        if not readings.hours:
            raise InvalidInput("file: it tells of no whole hour; its readings may be of days.")
        customer = await self.customers(link)
        found = named_home(customer.homes, home)
        location = customer.location_of(found.roots[0])
        starts = list(readings.hours)
        start, end = starts[0], starts[-1] + HOUR_SECONDS
        ours = await self._metered(link, found, start, end)
        comparison = await self.work(partial(compare, readings, ours, location.zone))
        tariff = await self._tariff(link, found, location)
        bills = None
        if tariff is not None and comparison.pairs:
            bills = await self.work(
                partial(self._bills, tariff, location, comparison, readings, ours)
            )
        return Reconciled(home=found, readings=readings, comparison=comparison, bills=bills)

    async def _tariff(self, link: EmporiaLink, home: Home, location: Location) -> Tariff | None:
        try:
            return (await self.find_tariff(link.user_id, home, location)).tariff
        except NoTariff:
            return None

    async def _metered(self, link: EmporiaLink, home: Home, start: int, end: int) -> Metered:
        meters = [
            metered_of(await self.months.between(Series(link.account, name), start, end))
            for name in mains_of(home)
        ]
        return together(meters)

    def _bills(
        self,
        tariff: Tariff,
        location: Location,
        comparison: Comparison,
        readings: UtilityReadings,
        ours: Metered,
    ) -> BothBills:
        """Of the hours that both know, and no others."""
        starts = [pair.start for pair in comparison.pairs]
        now = int(self.clock.now().timestamp())
        span = Span(
            start=starts[0], end=starts[-1] + HOUR_SECONDS, by=RowsBy.BILL, split=Split.NONE
        )
        day = tariff.billing_day or location.billing_cycle_start_day
        plan = plan_of(tariff, span, location.zone, billing_day=day, now=now)
        price = partial(self._price, tariff, span, plan, now)
        common = set(starts)
        theirs = Metered.of_hours(
            (hour for at, hour in readings.hours.items() if at in common),
            start=ours.start,
            end=ours.end,
        )
        return BothBills(
            currency=tariff.currency, ours=price(_only(ours, starts)), theirs=price(theirs)
        )

    def _price(self, tariff: Tariff, span: Span, plan: Plan, now: int, metered: Metered) -> Decimal:
        holidays = self.holidays.days(tariff.holidays, plan.first, plan.end)
        costs = costs_of(tariff, span, plan, holidays=holidays, home=metered, circuits=(), now=now)
        return costs.total


def _only(metered: Metered, starts: Sequence[int]) -> Metered:
    """These hours; of all others nothing is known."""
    return Metered.of_hours(
        (metered.hour(start) for start in starts), start=metered.start, end=metered.end
    )
