"""A file of the utility's beside what the archive holds, and the bill both ways."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from application.archive.exchange.known_customer import KnownCustomer
from application.billing.utility.compare_hours import BothBills, CompareHours
from application.ports.billing.utility_files import UtilityFiles
from application.ports.heavy_work import HeavyWork
from domain.billing.utility.compare import Comparison
from domain.billing.utility.readings import UtilityReadings
from domain.emporia.home_power import Home
from domain.emporia.homes import named_home
from domain.emporia.links import EmporiaLink
from domain.errors import InvalidInput


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
    files: UtilityFiles
    compare: CompareHours
    work: HeavyWork

    async def __call__(self, link: EmporiaLink, file: Path, *, home: int | None) -> Reconciled:
        """Raises InvalidInput for what is no such file or home, StorageUnavailable, or what the
        directory raises."""
        readings = await self.work(partial(self.files.read, file))
        if not readings.hours:
            raise InvalidInput("file: it tells of no whole hour; its readings may be of days.")
        customer = await self.customers(link)
        found = named_home(customer.homes, home)
        told = await self.compare(link, customer, found, readings)
        return Reconciled(
            home=found, readings=readings, comparison=told.comparison, bills=told.bills
        )
