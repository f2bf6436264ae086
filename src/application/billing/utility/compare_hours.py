"""The utility's hours beside what the archive holds, and the bill both ways."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from application.archive.months import Months
from application.billing.find_tariff import FindTariff
from application.ports.billing.holiday_calendar import HolidayCalendar
from application.ports.clock import Clock
from application.ports.heavy_work import HeavyWork
from domain.archive.series import Series
from domain.archive.spans import HOUR_SECONDS
from domain.billing.bills.costs import Plan, Span, costs_of, plan_of
from domain.billing.bills.rows import RowsBy, Split
from domain.billing.errors import NoTariff
from domain.billing.homes import mains_of
from domain.billing.money import Currency
from domain.billing.pricing.kept_hours import home_of
from domain.billing.pricing.metered import Metered, MeteredHour
from domain.billing.tariffs.tariff import Tariff
from domain.billing.utility.compare import Comparison, compare
from domain.billing.utility.readings import UtilityReadings
from domain.emporia.devices import Customer, Location
from domain.emporia.home_power import Home
from domain.emporia.links import EmporiaLink


@dataclass(frozen=True, slots=True, kw_only=True)
class BothBills:
    """What the same hours cost, by the home's figures and by the utility's."""

    currency: Currency
    ours: Decimal
    theirs: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What was found; `bills` is None where no tariff is for the home, or no hour is common."""

    comparison: Comparison
    bills: BothBills | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareHours:
    """Compares; Emporia is asked for nothing."""

    find_tariff: FindTariff
    holidays: HolidayCalendar
    months: Months
    work: HeavyWork
    clock: Clock

    async def __call__(
        self, link: EmporiaLink, customer: Customer, home: Home, readings: UtilityReadings
    ) -> Compared:
        """Of at least one hour; raises StorageUnavailable."""
        location = customer.location_of(home.roots[0])
        starts = list(readings.hours)
        start, end = starts[0], starts[-1] + HOUR_SECONDS
        mains = [
            await self.months.between(Series(link.account, name), start, end)
            for name in mains_of(home)
        ]
        ours = await self.work(partial(home_of, mains))
        comparison = await self.work(partial(compare, readings, ours, location.zone))
        tariff = await self._tariff(link, home, location)
        bills = None
        if tariff is not None and comparison.pairs:
            bills = await self.work(
                partial(self._bills, tariff, location, comparison, readings, ours)
            )
        return Compared(comparison=comparison, bills=bills)

    async def _tariff(self, link: EmporiaLink, home: Home, location: Location) -> Tariff | None:
        try:
            return (await self.find_tariff(link.user_id, home, location)).tariff
        except NoTariff:
            return None

    def _bills(
        self,
        tariff: Tariff,
        location: Location,
        comparison: Comparison,
        readings: UtilityReadings,
        ours: Metered,
    ) -> BothBills:
        """Of the hours that both know, and no others; of quarters too only where both know them."""
        pairs = [
            _alike(ours.hour(pair.start), readings.hours[pair.start]) for pair in comparison.pairs
        ]
        first, last = pairs[0][0].start, pairs[-1][0].start
        now = int(self.clock.now().timestamp())
        span = Span(start=first, end=last + HOUR_SECONDS, by=RowsBy.BILL, split=Split.NONE)
        plan = plan_of(tariff, span, location, now=now)
        price = partial(self._price, tariff, span, plan, now, (ours.start, ours.end))
        return BothBills(
            currency=tariff.currency,
            ours=price(here for here, _ in pairs),
            theirs=price(there for _, there in pairs),
        )

    def _price(
        self,
        tariff: Tariff,
        span: Span,
        plan: Plan,
        now: int,
        within: tuple[int, int],
        hours: Iterable[MeteredHour],
    ) -> Decimal:
        start, end = within
        holidays = self.holidays.days(tariff.holidays, plan.first, plan.end)
        costs = costs_of(
            tariff,
            span,
            plan,
            holidays=holidays,
            home=Metered.of_hours(hours, start=start, end=end),
            circuits=(),
            now=now,
        )
        return costs.total


def _alike(ours: MeteredHour, theirs: MeteredHour) -> tuple[MeteredHour, MeteredHour]:
    """A demand that one alone is charged with would be no difference of what was measured."""
    if ours.quarters is not None and theirs.quarters is not None:
        return ours, theirs
    return replace(ours, quarters=None), replace(theirs, quarters=None)
