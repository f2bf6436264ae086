from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.billing.errors import CurrenciesDiffer, CurrencyUnknown
from domain.billing.money import Currency, Money, rounded, shared_out
from tests.unit.domain.archive.readings import OFTEN
from tests.unit.domain.billing.made import USD


@pytest.mark.parametrize("code", ["usd", "US", "USDT", "", "U D", "EÜR"])
def test_a_currency_is_three_capitals(code) -> None:
    with pytest.raises(CurrencyUnknown, match="three capitals"):
        Currency(code)


@pytest.mark.parametrize(("code", "decimals"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("EUR", 2)])
def test_a_currency_knows_its_smallest_coin(code, decimals) -> None:
    assert Currency(code).decimals == decimals


def test_money_of_one_currency_is_added() -> None:
    assert Money(Decimal("1.10"), USD) + Money(Decimal("2.05"), USD) == Money(Decimal("3.15"), USD)


def test_money_of_two_currencies_is_not_added() -> None:
    with pytest.raises(CurrenciesDiffer):
        Money(Decimal(1), USD) + Money(Decimal(1), Currency("EUR"))


@pytest.mark.parametrize(
    ("exact", "amount"), [("0.125", "0.12"), ("0.135", "0.14"), ("-0.125", "-0.12"), ("2", "2.00")]
)
def test_halves_of_a_cent_are_rounded_to_the_even_one(exact, amount) -> None:
    assert str(rounded(Fraction(exact), 2)) == amount


def test_who_lost_most_by_rounding_gets_the_cent() -> None:
    thirds = [Fraction(1, 3), Fraction(1, 3), Fraction(4, 3)]
    assert shared_out(thirds, 2) == [Decimal("0.34"), Decimal("0.33"), Decimal("1.33")]


@OFTEN
@given(some.lists(some.fractions(-1000, 1000, max_denominator=997), max_size=30))
def test_what_is_shared_out_adds_up_and_is_within_a_cent(parts) -> None:
    shares = shared_out(parts, 2)
    assert sum(shares, Decimal()) == rounded(sum(parts, Fraction()), 2)
    assert all(
        abs(Fraction(share) - part) < Fraction(1, 100)
        for share, part in zip(shares, parts, strict=True)
    )
