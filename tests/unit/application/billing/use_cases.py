"""Use-cases that most tests of billing take, over the store of a world."""

from typing import Any

from adapters.fake.billing.currencies import InMemoryCurrencies
from adapters.fake.billing.holiday_calendar import InventedHolidays
from adapters.fake.billing.tariffs import InMemoryTariffs
from application.billing.find_tariff import FindTariff
from application.billing.keep_tariff import KeepTariff
from application.billing.utility.compare_hours import CompareHours


def find_tariff(world: Any) -> FindTariff:
    return FindTariff(
        tariffs=InMemoryTariffs(world.store), currencies=InMemoryCurrencies(world.store)
    )


def keep_tariff(world: Any) -> KeepTariff:
    return KeepTariff(
        tariffs=InMemoryTariffs(world.store),
        holidays=InventedHolidays(),
        work=world.heavy_work,
        clock=world.clock,
        randomness=world.randomness,
        events=world.events,
    )


def compare_hours(world: Any) -> CompareHours:
    return CompareHours(
        find_tariff=find_tariff(world),
        holidays=InventedHolidays(),
        months=world.months,
        work=world.heavy_work,
        clock=world.clock,
    )
