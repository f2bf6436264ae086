"""The currency that somebody pays in."""

import pytest

from domain.billing.events import PricesChanged
from domain.billing.money import Currency
from domain.errors import UserNotFound
from tests.unit.application.billing.test_tariffs import TARIFF


async def test_a_currency_is_kept_and_taken_back(world, billed) -> None:
    caller = await world.sign_up()
    assert await billed.read_currency(caller) is None
    await billed.choose_currency(caller, Currency("EUR"))
    assert await billed.read_currency(caller) == Currency("EUR")
    await billed.choose_currency(caller, None)
    assert await billed.read_currency(caller) is None


async def test_who_has_left_chooses_none(world, billed) -> None:
    caller = await world.sign_up()
    world.store.erase_user(caller.user.id)
    with pytest.raises(UserNotFound):
        await billed.choose_currency(caller, Currency("EUR"))


async def test_whatever_changes_prices_is_told(world, billed) -> None:
    heard = []

    async def note(event: PricesChanged) -> None:
        heard.append(event.user_id)

    world.events.subscribe(PricesChanged, note)
    caller = await world.sign_up()
    kept = await billed.add(caller, TARIFF)
    await billed.keep.in_place_of(caller, kept.id, TARIFF, panels=frozenset())
    await billed.remove(caller, kept.id)
    await billed.choose_currency(caller, Currency("EUR"))
    assert heard == [caller.user.id] * 4
