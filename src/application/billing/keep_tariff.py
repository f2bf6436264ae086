"""Keeping a new tariff, and another in the place of an old one."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from application.accounts.access import Caller
from application.ports.billing.holiday_calendar import HolidayCalendar
from application.ports.billing.tariffs import Tariffs
from application.ports.clock import Clock
from application.ports.events import Events
from application.ports.heavy_work import HeavyWork
from application.ports.randomness import Randomness
from domain.accounts.users import UserId
from domain.billing.errors import TariffUnknown
from domain.billing.events import PricesChanged
from domain.billing.tariffs.kept import KeptTariff, TariffId
from domain.billing.tariffs.tariff import Tariff

MOST_TARIFFS = 50
A_YEAR = date(2026, 1, 1), date(2027, 1, 1)
"""Of any year, it is told whether a country's holidays are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepTariff:
    """Keeps tariffs of which all holidays are known."""

    tariffs: Tariffs
    holidays: HolidayCalendar
    work: HeavyWork
    clock: Clock
    randomness: Randomness
    events: Events

    async def __call__(
        self, caller: Caller, tariff: Tariff, *, panels: frozenset[int]
    ) -> KeptTariff:
        """A new one, for homes with these panels, or for all.

        Raises TariffUnacceptable, TooManyTariffs, UserNotFound or StorageUnavailable.
        """
        return await self.of_user(caller.user.id, tariff, panels=panels)

    async def of_user(
        self, user_id: UserId, tariff: Tariff, *, panels: frozenset[int]
    ) -> KeptTariff:
        """The same for whoever has this id."""
        await self.check(tariff)
        now = self.clock.now()
        kept = KeptTariff(
            id=TariffId(self.randomness.identifier()),
            user_id=user_id,
            tariff=tariff,
            panels=panels,
            created_at=now,
            updated_at=now,
        )
        await self.tariffs.add(kept, most_of_user=MOST_TARIFFS)
        await self.events.publish(PricesChanged(user_id=user_id))
        return kept

    async def in_place_of(
        self, caller: Caller, tariff_id: TariffId, tariff: Tariff, *, panels: frozenset[int]
    ) -> KeptTariff:
        """Another with the same id; raises TariffUnknown too."""
        await self.check(tariff)
        before = await self.tariffs.of_user(caller.user.id)
        found = next((kept for kept in before if kept.id == tariff_id), None)
        if found is None:
            raise TariffUnknown
        kept = replace(found, tariff=tariff, panels=panels, updated_at=self.clock.now())
        if not await self.tariffs.replace(kept):
            raise TariffUnknown
        await self.events.publish(PricesChanged(user_id=caller.user.id))
        return kept

    async def check(self, tariff: Tariff) -> None:
        """Raise TariffUnacceptable where its holidays are not known."""
        await self.work(partial(self.holidays.days, tariff.holidays, *A_YEAR))
