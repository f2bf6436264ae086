"""What some circuits owe for a month, of what the archive holds: a tenant, a car, a workshop."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.accounts.access import Caller
from application.billing.find_tariff import FindTariff
from application.billing.home_hours import HomeHours
from application.emporia.cloud.usable_link import usable_link
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.ports.billing.holiday_calendar import HolidayCalendar
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.heavy_work import HeavyWork
from domain.archive.series import SeriesName
from domain.billing.bills.costs import MOST_CIRCUIT_DAYS, Plan, Span, plan_of
from domain.billing.bills.rows import RowsBy, Split
from domain.billing.bills.statement import Statement, statement_of
from domain.billing.bills.statement_days import StatementDays
from domain.billing.homes import circuits_of, mains_of
from domain.billing.periods import local_day, midnight
from domain.billing.pricing.kept_hours import home_of, metered_of
from domain.billing.tariffs.for_home import HomeTariff
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.devices import Customer
from domain.emporia.home_power import Home
from domain.emporia.homes import named_home
from domain.errors import InvalidInput, UnknownSeries

MOST_CIRCUITS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementQuery:
    """These circuits of the home that has this panel, by gid; None is the only home.

    Raises InvalidInput.
    """

    caller: Caller
    home: int | None
    days: StatementDays
    names: Sequence[SeriesName]

    def __post_init__(self) -> None:
        if not 0 < len(self.names) <= MOST_CIRCUITS:
            raise InvalidInput(f"series: name 1 to {MOST_CIRCUITS} of them, each once.")
        if len(set(self.names)) < len(self.names):
            raise InvalidInput("series: one is named twice; name each once.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStatement:
    """A statement, and what it is of: the names of its circuits, and the tariff that priced it.

    `is_over` says that all of its days are; else it is of the time so far.
    """

    home: Home
    statement: Statement
    names: Sequence[str | None]
    tariff: HomeTariff
    zone: str
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStatement:
    """Prices the home, and tells which part of every line is whose."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory
    find_tariff: FindTariff
    holidays: HolidayCalendar
    hours: HomeHours
    work: HeavyWork
    clock: Clock

    async def __call__(self, query: StatementQuery) -> ToldStatement:
        """Of days that have begun, all circuits in the order of the question.

        Raises NotLinked, LinkDead, UnknownDevice, UnknownSeries, InvalidInput for what is no home
        or has not begun, NoTariff, StorageUnavailable, or what the directory raises.
        """
        link = await usable_link(self.links, query.caller)
        customer = await self.directory.customer(
            link, Purpose.READ, max_age_seconds=LOOKUP_AGE_SECONDS
        )
        home = named_home(customer.homes, query.home)
        names = circuits_of(home, customer.devices)
        _require_circuits(customer, names, query.names)
        location = customer.location_of(home.roots[0])
        found = await self.find_tariff(query.caller.user.id, home, location)
        now = int(self.clock.now().timestamp())
        days = query.days
        if local_day(now, location.zone) < days.first:
            raise InvalidInput("start: what is asked for has not begun yet.")
        span = Span(
            start=midnight(days.first, location.zone),
            end=midnight(days.end, location.zone),
            by=RowsBy.DAY,
            split=Split.CIRCUIT,
        )
        plan = plan_of(found.tariff, span, location, now=now)
        _require_few(plan, len(names))
        mains = await self.hours(link.account, mains_of(home), plan, now=now)
        circuits = await self.hours(link.account, names, plan, now=now)

        def statement() -> Statement:
            return statement_of(
                found.tariff,
                plan,
                (days.first, days.end),
                holidays=self.holidays.days(found.tariff.holidays, plan.first, plan.end),
                home=home_of(mains),
                circuits=[
                    (str(name), metered_of(months))
                    for name, months in zip(names, circuits, strict=True)
                ],
                wanted=[str(name) for name in query.names],
                now=now,
            )

        told = await self.work(statement)
        return ToldStatement(
            home=home,
            statement=told,
            names=[customer.name_of(name.gid, name.channel) for name in query.names],
            tariff=found,
            zone=location.zone.key,
            is_over=told.after <= now,
        )


def _require_circuits(
    customer: Customer, names: Sequence[SeriesName], wanted: Sequence[SeriesName]
) -> None:
    customer.require(frozenset(name.gid for name in wanted))
    for name in wanted:
        if not customer.lists(name.gid, name.channel):
            raise UnknownSeries(f"series: device {name.gid} has no circuit '{name.channel}'.")
        if name not in names:
            raise InvalidInput(
                f"series: {name} is no circuit of this home's panels that takes power; only those "
                "have a share of its bill."
            )


def _require_few(plan: Plan, circuits: int) -> None:
    if circuits * (plan.end - plan.first).days > MOST_CIRCUIT_DAYS:
        raise InvalidInput(f"end: the home has {circuits} circuits; ask for fewer days.")
