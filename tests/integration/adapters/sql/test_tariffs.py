"""What every Tariffs keeps its word about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from domain.accounts.users import User
from domain.billing.errors import TooManyTariffs
from domain.billing.tariffs.charges import Adjustment, By, FixedCharge, MinimumBill, Percentage
from domain.billing.tariffs.holidays import HolidayRule
from domain.billing.tariffs.kept import KeptTariff, TariffId
from domain.billing.tariffs.lines import LineKind
from domain.billing.tariffs.tariff import Rates
from domain.errors import UserNotFound
from tests.unit.domain.billing.made import flat, tariff_of
from tests.unit.domain.billing.published import PUBLISHED, WITH_SUN

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EVERYTHING = tariff_of(
    Rates(
        since=date(2024, 1, 1),
        energy=flat("0.12345678"),
        adjustments=(Adjustment("Fuel", Decimal("-0.001")),),
        fixed=(FixedCharge("Meter", Decimal("0.50"), By.DAY),),
        minimum=MinimumBill("Minimum", Decimal(12)),
        percentages=(Percentage("Tax", Decimal(7), frozenset({LineKind.ENERGY})),),
    ),
    *(
        replace(rates, since=date(2024, 1, 1) + timedelta(days=place))
        for place, rates in enumerate([*PUBLISHED.values(), *WITH_SUN.values()], start=1)
    ),
    billing_day=31,
    holidays=HolidayRule(
        country="US",
        subdivision="CA",
        names=frozenset({"Labor"}),
        observed=True,
        days=frozenset({date(2026, 12, 24)}),
    ),
)


@pytest.fixture
def kept(ada: User) -> KeptTariff:
    return KeptTariff(
        id=TariffId(UUID(int=1)),
        user_id=ada.id,
        tariff=EVERYTHING,
        panels=frozenset({1001, 7}),
        created_at=NOON,
        updated_at=NOON,
    )


async def test_a_tariff_comes_back_with_all_its_rules(storage, ada, kept) -> None:
    await storage.users.add(ada)
    assert await storage.tariffs.of_user(ada.id) == []
    await storage.tariffs.add(kept, most_of_user=1)
    assert await storage.tariffs.of_user(ada.id) == [kept]


async def test_a_user_has_so_many_tariffs_and_no_more(storage, ada, bob, kept) -> None:
    await storage.users.add(ada)
    await storage.users.add(bob)
    later = replace(kept, id=TariffId(UUID(int=2)), created_at=NOON + timedelta(hours=1))
    await storage.tariffs.add(later, most_of_user=2)
    await storage.tariffs.add(kept, most_of_user=2)
    with pytest.raises(TooManyTariffs):
        await storage.tariffs.add(replace(kept, id=TariffId(UUID(int=3))), most_of_user=2)
    bobs = replace(kept, id=TariffId(UUID(int=4)), user_id=bob.id)
    await storage.tariffs.add(bobs, most_of_user=2)
    assert await storage.tariffs.of_user(ada.id) == [kept, later]


async def test_nobody_has_no_tariffs(storage, kept) -> None:
    with pytest.raises(UserNotFound):
        await storage.tariffs.add(kept, most_of_user=2)


async def test_a_tariff_is_put_in_the_place_of_another(storage, ada, bob, kept) -> None:
    await storage.users.add(ada)
    await storage.tariffs.add(kept, most_of_user=1)
    later = NOON + timedelta(days=1)
    other = replace(kept, tariff=tariff_of(kept.tariff.rates[0]), updated_at=later)
    assert not await storage.tariffs.replace(replace(other, user_id=bob.id))
    assert not await storage.tariffs.replace(replace(other, id=TariffId(UUID(int=9))))
    assert await storage.tariffs.replace(replace(other, created_at=later))
    assert await storage.tariffs.of_user(ada.id) == [other]


async def test_a_tariff_is_forgotten_by_its_owner_alone(storage, ada, bob, kept) -> None:
    await storage.users.add(ada)
    await storage.tariffs.add(kept, most_of_user=1)
    assert not await storage.tariffs.remove(bob.id, kept.id)
    assert await storage.tariffs.remove(ada.id, kept.id)
    assert not await storage.tariffs.remove(ada.id, kept.id)
    assert await storage.tariffs.of_user(ada.id) == []


async def test_tariffs_go_with_their_user(storage, ada, kept) -> None:
    await storage.users.add(ada)
    await storage.tariffs.add(kept, most_of_user=1)
    await storage.users.remove(ada.id)
    assert await storage.tariffs.of_user(ada.id) == []
