"""What the homes of an account cost right now, by the tariffs of one of its users."""

from dataclasses import dataclass
from functools import partial

from application.billing.cost_documents import cost_document
from application.billing.find_tariff import FindTariff
from application.billing.home_hours import HomeHours
from application.emporia.cloud.kept_answers import KeptAnswers
from application.emporia.device_directory import DeviceDirectory
from application.ports.billing.cost_board import HomeCost, HomeCosts
from application.ports.billing.holiday_calendar import HolidayCalendar
from application.ports.clock import Clock
from application.ports.heavy_work import HeavyWork
from domain.accounts.users import UserId
from domain.archive.months import Month
from domain.billing.bills.costs import Plan, plan_of
from domain.billing.bills.now import CostNow, cost_now, span_of
from domain.billing.errors import NoTariff
from domain.billing.homes import mains_of
from domain.billing.pricing.kept_hours import home_of
from domain.billing.tariffs.tariff import Tariff
from domain.emporia.devices import Customer
from domain.emporia.home_power import Home
from domain.emporia.links import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCostsNow:
    """Prices what the archive holds; Emporia is asked for nothing at all."""

    directory: DeviceDirectory
    kept_answers: KeptAnswers
    find_tariff: FindTariff
    holidays: HolidayCalendar
    hours: HomeHours
    work: HeavyWork
    clock: Clock

    async def __call__(self, user_id: UserId, account: AccountId) -> HomeCosts | None:
        """Each home that a tariff is for; None where no device list is known yet.

        Raises StorageUnavailable, or TariffUnacceptable for holidays that nobody knows any more.
        """
        customer = self.directory.newest(account) or await self.kept_answers.customer(account)
        if customer is None:
            return None
        told = [await self._home(user_id, customer, home) for home in customer.homes]
        return tuple(each for each in told if each is not None)

    async def _home(self, user_id: UserId, customer: Customer, home: Home) -> HomeCost | None:
        location = customer.location_of(home.roots[0])
        try:
            found = await self.find_tariff(user_id, home, location)
        except NoTariff:
            return None
        now = int(self.clock.now().timestamp())
        plan = plan_of(found.tariff, span_of(now), location, now=now)
        mains = await self.hours(customer.account, mains_of(home), plan, now=now)
        cost = await self.work(partial(self._cost, found.tariff, plan, mains, now))
        return HomeCost(frozenset(home.roots), cost_document(home, found, cost))

    def _cost(self, tariff: Tariff, plan: Plan, mains: list[list[Month]], now: int) -> CostNow:
        return cost_now(
            tariff,
            plan,
            holidays=self.holidays.days(tariff.holidays, plan.first, plan.end),
            home=home_of(mains),
            now=now,
        )
