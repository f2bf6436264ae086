"""What every Currencies keeps its word about."""

import pytest

from domain.billing.money import Currency
from domain.errors import UserNotFound

EUR, USD = Currency("EUR"), Currency("USD")


async def test_the_last_choice_of_a_user_counts(storage, ada, bob) -> None:
    await storage.users.add(ada)
    await storage.users.add(bob)
    assert await storage.currencies.of_user(ada.id) is None
    await storage.currencies.choose(ada.id, EUR)
    await storage.currencies.choose(ada.id, USD)
    assert await storage.currencies.of_user(ada.id) == USD
    assert await storage.currencies.of_user(bob.id) is None


async def test_a_choice_is_taken_back(storage, ada) -> None:
    await storage.users.add(ada)
    await storage.currencies.choose(ada.id, EUR)
    await storage.currencies.choose(ada.id, None)
    assert await storage.currencies.of_user(ada.id) is None


@pytest.mark.parametrize("currency", [EUR, None])
async def test_nobody_chooses_none(storage, ada, currency) -> None:
    with pytest.raises(UserNotFound):
        await storage.currencies.choose(ada.id, currency)


async def test_a_choice_goes_with_its_user(storage, ada) -> None:
    await storage.users.add(ada)
    await storage.currencies.choose(ada.id, EUR)
    await storage.users.remove(ada.id)
    assert await storage.currencies.of_user(ada.id) is None
