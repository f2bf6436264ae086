"""Removing a tariff."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.ports.billing.tariffs import Tariffs
from application.ports.events import Events
from domain.billing.errors import TariffUnknown
from domain.billing.events import PricesChanged
from domain.billing.tariffs.kept import TariffId


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveTariff:
    """Forgets a user's tariff."""

    tariffs: Tariffs
    events: Events

    async def __call__(self, caller: Caller, tariff_id: TariffId) -> None:
        """Raises TariffUnknown."""
        if not await self.tariffs.remove(caller.user.id, tariff_id):
            raise TariffUnknown
        await self.events.publish(PricesChanged(user_id=caller.user.id))
