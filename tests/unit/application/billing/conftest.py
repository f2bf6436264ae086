"""A home of one panel, with an archive, and what keeps its tariffs."""

from dataclasses import dataclass
from typing import Any

import pytest

from adapters.fake.billing.currencies import InMemoryCurrencies
from adapters.fake.billing.holiday_calendar import InventedHolidays
from adapters.fake.billing.tariffs import InMemoryTariffs
from adapters.fake.emporia.emporia_gateway import HOME, HOME_LOCATION
from application.accounts.access import Caller
from application.billing.choose_currency import ChooseCurrency, ReadCurrency
from application.billing.home_hours import HomeHours
from application.billing.keep_tariff import KeepTariff
from application.billing.read_costs_now import ReadCostsNow
from application.billing.remove_tariff import RemoveTariff
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.series import Series, SeriesName
from domain.archive.spans import HOUR_SECONDS
from domain.billing.tariffs.kept import KeptTariff
from domain.billing.tariffs.tariff import Tariff
from domain.emporia.channels import MAINS, Channel
from domain.emporia.devices import Customer, Device
from domain.emporia.homes import homes_of
from domain.emporia.kinds import DeviceKind
from domain.emporia.usage import Scale
from tests.unit.application.billing.use_cases import find_tariff, keep_tariff

PANEL = Device(
    gid=1000,
    kind=DeviceKind.PANEL,
    name="Home",
    location=HOME_LOCATION,
    channels=(Channel(number=MAINS),),
)


@dataclass(frozen=True, kw_only=True)
class Billed:
    """Who lives there, and what prices their home."""

    world: Any
    keep: KeepTariff
    remove: RemoveTariff
    read_currency: ReadCurrency
    choose_currency: ChooseCurrency
    read_now: ReadCostsNow

    def learn(self, *devices: Device) -> Customer:
        """Let Emporia have told that these are the account's."""
        customer = Customer(
            account=HOME,
            document={"devices": [{"deviceGid": device.gid} for device in devices]},
            devices=devices,
            received_at=self.world.clock.now(),
            homes=homes_of(devices),
        )
        self.world.directory.learn(customer)
        return customer

    async def add(self, caller: Caller, tariff: Tariff, *panels: int) -> KeptTariff:
        return await self.keep(caller, tariff, panels=frozenset(panels))

    async def keep_hours(self, hours: int, kilowatts: float = 1.0) -> None:
        """Let the archive hold so many hours of the panel's mains, up to this one."""
        await self._keep(Scale.HOUR, hours, [kilowatts] * hours)

    async def keep_quarters(self, count: int, kilowatts: float) -> None:
        """Let it hold so many quarter hours."""
        await self._keep(Scale.QUARTER_HOUR, count / 4, [kilowatts / 4] * count)

    async def _keep(self, scale: Scale, hours: float, kwh: list[float]) -> None:
        now = int(self.world.clock.now().timestamp())
        start = now - now % HOUR_SECONDS - int(hours * HOUR_SECONDS)
        reading = Reading(
            scale=scale, start=start, figures=figures_of(kwh), read_at=now + HOUR_SECONDS
        )
        await self.world.keep_readings(Series(HOME, SeriesName(1000, MAINS)), reading)


@pytest.fixture
def billed(world) -> Billed:
    tariffs = InMemoryTariffs(world.store)
    currencies = InMemoryCurrencies(world.store)
    return Billed(
        world=world,
        keep=keep_tariff(world),
        remove=RemoveTariff(tariffs=tariffs, events=world.events),
        read_currency=ReadCurrency(currencies=currencies),
        choose_currency=ChooseCurrency(currencies=currencies, events=world.events),
        read_now=ReadCostsNow(
            directory=world.directory,
            kept_answers=world.kept_answers,
            find_tariff=find_tariff(world),
            holidays=InventedHolidays(),
            hours=HomeHours(months=world.months),
            work=world.heavy_work,
            clock=world.clock,
        ),
    )
