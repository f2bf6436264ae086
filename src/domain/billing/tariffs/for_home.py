"""By which tariff a home is priced: one of its user's own, else the price told to Emporia."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.billing.errors import NoTariff
from domain.billing.money import Currency
from domain.billing.tariffs.kept import KeptTariff, TariffId, tariff_for
from domain.billing.tariffs.tariff import Tariff
from domain.billing.tariffs.told_price import tariff_of, told_price


class TariffSource(StrEnum):
    """Who says what energy costs."""

    OWN = "own"
    EMPORIA = "emporia"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTariff:
    """The tariff of a home; `id` is None where nobody keeps it, for it is Emporia's price."""

    tariff: Tariff
    id: TariffId | None = None

    @property
    def source(self) -> TariffSource:
        """Whose it is."""
        return TariffSource.EMPORIA if self.id is None else TariffSource.OWN


def home_tariff(
    kept: Iterable[KeptTariff],
    roots: Iterable[int],
    *,
    cents_per_kwh: float | None,
    currency: Currency | None,
) -> HomeTariff:
    """The tariff of the home with these devices at its root, for a user with this currency.

    Raises NoTariff; its sentence says so where choosing a currency would be enough.
    """
    own = tariff_for(kept, roots)
    if own is not None:
        return HomeTariff(tariff=own.tariff, id=own.id)
    price = told_price(cents_per_kwh)
    if price is None:
        raise NoTariff
    if currency is None:
        cents = f"{(price * 100).normalize():f}"
        raise NoTariff(
            f"No tariff is for this home. Emporia was told a price of {cents} cents per "
            "kWh: choosing a currency (PUT /me/currency) is enough, or add a tariff."
        )
    return HomeTariff(tariff=tariff_of(price, currency))
