"""By which tariff a user's home is priced."""

from dataclasses import dataclass

from application.ports.billing.currencies import Currencies
from application.ports.billing.tariffs import Tariffs
from domain.accounts.users import UserId
from domain.billing.tariffs.for_home import HomeTariff, home_tariff
from domain.emporia.devices import Location
from domain.emporia.home_power import Home


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTariff:
    """Looks among a user's tariffs, and else takes the price that Emporia was told."""

    tariffs: Tariffs
    currencies: Currencies

    async def __call__(self, user_id: UserId, home: Home, location: Location) -> HomeTariff:
        """The tariff for a home that is there; raises NoTariff or StorageUnavailable."""
        return home_tariff(
            await self.tariffs.of_user(user_id),
            home.roots,
            cents_per_kwh=location.cents_per_kwh,
            currency=await self.currencies.of_user(user_id),
        )
