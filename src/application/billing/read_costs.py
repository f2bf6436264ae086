"""What a home costs, of what the archive holds: Emporia is asked for the device list alone."""

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
from domain.billing.bills.costs import Costs, Span, costs_of, plan_of
from domain.billing.bills.rows import Split
from domain.billing.homes import circuits_of, mains_of
from domain.billing.pricing.kept_hours import home_of, metered_of
from domain.billing.tariffs.for_home import HomeTariff
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.homes import named_home


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsQuery:
    """The costs of the home that has this panel, by gid; None is the only home."""

    caller: Caller
    home: int | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCosts:
    """Prices what was kept by the tariff that is for the home."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory
    find_tariff: FindTariff
    holidays: HolidayCalendar
    hours: HomeHours
    work: HeavyWork
    clock: Clock

    async def __call__(self, query: CostsQuery) -> tuple[HomeTariff, Costs]:
        """The tariff, and what the home costs by it.

        Raises NotLinked, LinkDead, InvalidInput for what is no home, NoTariff, StorageUnavailable,
        or what the directory raises.
        """
        link = await usable_link(self.links, query.caller)
        customer = await self.directory.customer(
            link, Purpose.READ, max_age_seconds=LOOKUP_AGE_SECONDS
        )
        home = named_home(customer.homes, query.home)
        location = customer.location_of(home.roots[0])
        found = await self.find_tariff(query.caller.user.id, home, location)
        now = int(self.clock.now().timestamp())
        plan = plan_of(found.tariff, query.span, location, now=now)
        plan.require_short(len(mains_of(home)))
        names = []
        if query.span.split is Split.CIRCUIT:
            names = circuits_of(home, customer.devices)
            plan.require_few(query.span, len(names))
        mains = await self.hours(link.account, mains_of(home), plan, now=now)
        circuits = await self.hours(link.account, names, plan, now=now)

        def costs() -> Costs:
            return costs_of(
                found.tariff,
                query.span,
                plan,
                holidays=self.holidays.days(found.tariff.holidays, plan.first, plan.end),
                home=home_of(mains),
                circuits=[
                    (str(name), metered_of(months))
                    for name, months in zip(names, circuits, strict=True)
                ],
                now=now,
            )

        return found, await self.work(costs)
