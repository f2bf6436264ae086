"""The price that somebody told Emporia, as a tariff: it stands in until there is another."""

from datetime import date
from decimal import Decimal

from domain.billing.money import Currency
from domain.billing.tariffs.checks import LARGEST_AMOUNT, MOST_DECIMALS
from domain.billing.tariffs.energy import EnergyRates
from domain.billing.tariffs.tariff import Rates, Tariff

NAME = "The price told to Emporia"
LINE = "Energy"
ALWAYS = date(1970, 1, 1)
"""Emporia does not say since when the price holds."""


def told_price(cents_per_kwh: float | None) -> Decimal | None:
    """Whole units of currency for a kWh; None where Emporia was told no price that can be one.

    0 is no price: it is what Emporia has of somebody who never told one.
    """
    if cents_per_kwh is None or not 0 < cents_per_kwh < float(LARGEST_AMOUNT):
        return None
    price = round(Decimal(str(cents_per_kwh)) / 100, MOST_DECIMALS)
    return price.normalize() if price else None


def tariff_of(price: Decimal, currency: Currency) -> Tariff:
    """A flat price of energy, and nothing else, whenever."""
    rates = Rates(since=ALWAYS, energy=EnergyRates.flat(LINE, price))
    return Tariff(name=NAME, currency=currency, rates=(rates,))
