"""Removing a tariff."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.ports.billing.tariffs import Tariffs
from domain.billing.errors import TariffUnknown
from domain.billing.tariffs.kept import TariffId


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveTariff:
    """Forgets a user's tariff."""

    tariffs: Tariffs

    async def __call__(self, caller: Caller, tariff_id: TariffId) -> None:
        """Raises TariffUnknown."""
        if not await self.tariffs.remove(caller.user.id, tariff_id):
            raise TariffUnknown
