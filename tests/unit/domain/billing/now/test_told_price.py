"""The price that Emporia was told stands in for a tariff."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from domain.accounts.users import UserId
from domain.billing.errors import NoTariff
from domain.billing.tariffs.for_home import TariffSource, home_tariff
from domain.billing.tariffs.kept import KeptTariff, TariffId
from domain.billing.tariffs.tariff import Rates
from domain.billing.tariffs.told_price import told_price
from tests.unit.domain.billing.made import LONG_AGO, USD, flat, tariff_of

AT = datetime(2026, 3, 1, tzinfo=UTC)
KEPT = KeptTariff(
    id=TariffId(UUID(int=1)),
    user_id=UserId(UUID(int=2)),
    tariff=tariff_of(Rates(since=LONG_AGO, energy=flat())),
    panels=frozenset({1000}),
    created_at=AT,
    updated_at=AT,
)


@pytest.mark.parametrize(
    ("cents", "price"),
    [
        (17.5, "0.175"),
        (30.0, "0.3"),
        (0.1, "0.001"),
        (13.123456789, "0.13123457"),
        (None, None),
        (0.0, None),
        (-5.0, None),
        (1e-9, None),
        (1e300, None),
        (float("inf"), None),
        (float("nan"), None),
    ],
)
def test_a_price_is_exact_and_nonsense_is_none(cents, price) -> None:
    assert told_price(cents) == (None if price is None else Decimal(price))


def test_a_tariff_of_ones_own_comes_first() -> None:
    found = home_tariff([KEPT], (1000,), cents_per_kwh=17.5, currency=USD)
    assert (found.tariff, found.id) == (KEPT.tariff, KEPT.id)
    assert found.source is TariffSource.OWN


def test_without_one_the_price_that_emporia_was_told_is_flat_for_ever() -> None:
    found = home_tariff(
        [replace(KEPT, panels=frozenset({7}))], (1000,), cents_per_kwh=17.5, currency=USD
    )
    assert (found.id, found.source) == (None, TariffSource.EMPORIA)
    (rates,) = found.tariff.rates
    assert rates == Rates(since=date(1970, 1, 1), energy=flat("0.175"))
    assert found.tariff.currency == USD


def test_where_a_currency_is_all_that_lacks_it_is_said_so() -> None:
    with pytest.raises(NoTariff, match=r"a price of 17\.5 cents .* choosing a currency"):
        home_tariff([], (1000,), cents_per_kwh=17.5, currency=None)


@pytest.mark.parametrize("currency", [None, USD])
def test_without_a_price_no_currency_helps(currency) -> None:
    with pytest.raises(NoTariff) as refusal:
        home_tariff([], (1000,), cents_per_kwh=None, currency=currency)
    assert "currency" not in str(refusal.value)
