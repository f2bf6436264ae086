"""What homes cost right now, as streams tell it."""

from dataclasses import replace
from datetime import date

import pytest

from adapters.fake.emporia.emporia_gateway import HOME, HOME_LOCATION
from domain.billing.money import Currency
from domain.billing.tariffs.tariff import Rates
from domain.emporia.devices import Address, Device
from domain.emporia.kinds import DeviceKind
from domain.emporia.listings import BELIEVED_SECONDS
from tests.unit.application.billing.conftest import PANEL
from tests.unit.domain.billing.made import flat, tariff_of

TARIFF = tariff_of(Rates(since=date(2025, 1, 1), energy=flat("0.10")))
TOLD_PRICE = replace(PANEL, location=replace(HOME_LOCATION, cents_per_kwh=17.5))


async def test_a_home_is_told_with_what_it_costs_and_by_which_tariff(world, billed) -> None:
    """It is seven in the morning of the first of March in New York."""
    caller = await world.resident()
    kept = await billed.add(caller, TARIFF)
    billed.learn(PANEL)
    await billed.keep_hours(24)
    (home,) = await billed.read_now(caller.user.id, HOME)
    assert home.roots == {1000}
    assert home.document == {
        "deviceGids": (1000,),
        "at": "2026-03-01T12:00:00Z",
        "currency": "USD",
        "tariff": str(kept.id),
        "pricedBy": {"source": "own", "name": "Made"},
        "price": {"perKwh": "0.10", "line": "Energy"},
        "today": {
            "start": "2026-03-01T05:00:00Z",
            "amount": "0.700000",
            "coverage": pytest.approx(1),
        },
        "bill": {"start": "2026-03-01T05:00:00Z", "amount": "0.70", "coverage": pytest.approx(1)},
        "peak": None,
    }


async def test_quarter_hours_tell_the_peak(world, billed) -> None:
    caller = await world.resident()
    await billed.add(caller, TARIFF)
    billed.learn(PANEL)
    await billed.keep_quarters(8, 2.0)
    (home,) = await billed.read_now(caller.user.id, HOME)
    assert home.document["peak"] == {
        "kilowatts": 2.0,
        "at": "2026-03-01T10:00:00Z",
        "isBilled": False,
    }


async def test_what_is_not_known_is_null_and_not_zero(world, billed) -> None:
    caller = await world.resident()
    await billed.add(caller, tariff_of(Rates(since=date(2027, 1, 1), energy=flat())))
    billed.learn(PANEL)
    (home,) = await billed.read_now(caller.user.id, HOME)
    told = home.document
    assert (told["price"], told["today"]["amount"], told["bill"]["amount"]) == (None, None, None)


async def test_a_home_without_a_tariff_is_left_out(world, billed) -> None:
    caller = await world.resident()
    await billed.add(caller, TARIFF, 2000)
    elsewhere = replace(HOME_LOCATION, address=Address(zip_code="10001"))
    billed.learn(PANEL, replace(PANEL, gid=2000, location=elsewhere))
    told = await billed.read_now(caller.user.id, HOME)
    assert [home.roots for home in told] == [{2000}]


async def test_a_price_that_emporia_was_told_needs_a_currency(world, billed) -> None:
    caller = await world.resident()
    billed.learn(TOLD_PRICE)
    assert await billed.read_now(caller.user.id, HOME) == ()
    await billed.choose_currency(caller, Currency("CAD"))
    (home,) = await billed.read_now(caller.user.id, HOME)
    assert home.document["currency"] == "CAD"
    assert home.document["tariff"] is None
    assert home.document["pricedBy"]["source"] == "emporia"
    assert home.document["price"] == {"perKwh": "0.175", "line": "Energy"}


async def test_without_a_device_list_nothing_is_known(world, billed) -> None:
    caller = await world.resident()
    world.directory.forget(HOME)
    world.store.last_answers.clear()
    assert await billed.read_now(caller.user.id, HOME) is None


async def test_in_an_outage_the_list_that_was_kept_will_do(world, billed) -> None:
    caller = await world.resident()
    await billed.add(caller, TARIFF)
    customer = billed.learn(PANEL, Device(gid=1001, kind=DeviceKind.PLUG))
    await world.kept_answers.keep_customer(customer)
    world.directory.forget(HOME)
    asked = len(world.cloud.calls)
    assert await billed.read_now(caller.user.id, HOME) is not None
    assert len(world.cloud.calls) == asked


async def test_emporia_is_asked_for_nothing_however_old_the_list_is(world, billed) -> None:
    caller = await world.resident()
    await billed.add(caller, TARIFF)
    billed.learn(PANEL)
    await world.clock.advance(BELIEVED_SECONDS * 2)
    asked = len(world.cloud.calls)
    assert await billed.read_now(caller.user.id, HOME)
    assert len(world.cloud.calls) == asked
