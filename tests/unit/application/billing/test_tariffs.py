"""Tariffs: kept, changed, removed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from adapters.fake.billing.holiday_calendar import InventedHolidays
from adapters.fake.billing.tariffs import InMemoryTariffs
from adapters.fake.heavy_work import InlineHeavyWork
from application.billing.keep_tariff import MOST_TARIFFS, KeepTariff
from application.billing.keep_tariff_of import KeepTariffOf
from application.billing.list_tariffs import ListTariffs
from application.billing.remove_tariff import RemoveTariff
from domain.billing.errors import TariffUnacceptable, TariffUnknown, TooManyTariffs
from domain.billing.tariffs.holidays import HolidayRule
from domain.billing.tariffs.kept import tariff_for
from domain.billing.tariffs.tariff import Rates
from domain.errors import UserNotFound
from tests.unit.domain.billing.made import flat, tariff_of

RATES = Rates(since=date(2025, 1, 1), energy=flat())
TARIFF = tariff_of(RATES)
OTHER = tariff_of(replace(RATES, energy=flat("0.30")))
NOWHERE = tariff_of(RATES, holidays=HolidayRule(country="XX"))


@pytest.fixture
def billing(world):
    tariffs = InMemoryTariffs(world.store)
    return Billing(
        tariffs=tariffs,
        keep=KeepTariff(
            tariffs=tariffs,
            holidays=InventedHolidays(),
            work=InlineHeavyWork(),
            clock=world.clock,
            randomness=world.randomness,
            events=world.events,
        ),
        list=ListTariffs(tariffs=tariffs),
        remove=RemoveTariff(tariffs=tariffs, events=world.events),
    )


@dataclass(frozen=True, kw_only=True)
class Billing:
    tariffs: InMemoryTariffs
    keep: KeepTariff
    list: ListTariffs
    remove: RemoveTariff


async def test_a_tariff_is_kept_and_told(world, billing):
    caller = await world.sign_up()
    kept = await billing.keep(caller, TARIFF, panels=frozenset({1001}))
    assert kept.tariff == TARIFF
    assert kept.created_at == kept.updated_at == world.clock.now()
    assert await billing.list(caller) == [kept]


async def test_a_tariff_is_changed_and_keeps_its_age(world, billing):
    caller = await world.sign_up()
    kept = await billing.keep(caller, TARIFF, panels=frozenset())
    await world.clock.advance(60)
    changed = await billing.keep.in_place_of(caller, kept.id, OTHER, panels=frozenset({7}))
    assert changed.tariff == OTHER
    assert changed.updated_at == kept.created_at + timedelta(seconds=60)
    assert await billing.list(caller) == [changed]


async def test_a_tariff_of_somebody_else_is_unknown(world, billing):
    caller, other = await world.sign_up(), await world.sign_up("bob@example.com")
    kept = await billing.keep(caller, TARIFF, panels=frozenset())
    with pytest.raises(TariffUnknown):
        await billing.keep.in_place_of(other, kept.id, OTHER, panels=frozenset())
    with pytest.raises(TariffUnknown):
        await billing.remove(other, kept.id)
    assert await billing.list(caller) == [kept]


async def test_a_tariff_that_is_removed_meanwhile_is_unknown(world, billing, monkeypatch):
    caller = await world.sign_up()
    kept = await billing.keep(caller, TARIFF, panels=frozenset())
    replacing = billing.tariffs.replace

    async def replace_late(changed):
        await billing.remove(caller, kept.id)
        return await replacing(changed)

    monkeypatch.setattr(billing.tariffs, "replace", replace_late)
    with pytest.raises(TariffUnknown):
        await billing.keep.in_place_of(caller, kept.id, OTHER, panels=frozenset())


async def test_a_removed_tariff_is_gone(world, billing):
    caller = await world.sign_up()
    kept = await billing.keep(caller, TARIFF, panels=frozenset())
    await billing.remove(caller, kept.id)
    assert await billing.list(caller) == []


async def test_a_tariff_with_unknown_holidays_is_not_kept(world, billing):
    caller = await world.sign_up()
    with pytest.raises(TariffUnacceptable, match="holidays of XX"):
        await billing.keep(caller, NOWHERE, panels=frozenset())
    kept = await billing.keep(caller, TARIFF, panels=frozenset())
    with pytest.raises(TariffUnacceptable, match="holidays of XX"):
        await billing.keep.in_place_of(caller, kept.id, NOWHERE, panels=frozenset())


async def test_nobody_keeps_more_than_so_many(world, billing):
    caller = await world.sign_up()
    for _ in range(MOST_TARIFFS):
        await billing.keep(caller, TARIFF, panels=frozenset())
    with pytest.raises(TooManyTariffs):
        await billing.keep(caller, TARIFF, panels=frozenset())


@pytest.mark.parametrize("panels", [range(1, 52), [0], [2**63]])
async def test_panels_are_so_many_gids_at_most(world, billing, panels):
    caller = await world.sign_up()
    with pytest.raises(TariffUnacceptable, match="panels"):
        await billing.keep(caller, TARIFF, panels=frozenset(panels))


async def test_a_home_has_the_first_tariff_that_names_a_panel_of_it(world, billing):
    caller = await world.sign_up()
    general = await billing.keep(caller, TARIFF, panels=frozenset())
    later = await billing.keep(caller, TARIFF, panels=frozenset())
    named = await billing.keep(caller, OTHER, panels=frozenset({7, 8}))
    kept = [general, later, named]
    assert tariff_for(kept, [8]) == named
    assert tariff_for(kept, [9]) == general
    assert tariff_for([named], [9]) is None


async def test_the_operator_keeps_a_tariff_of_somebody(world, billing):
    caller = await world.sign_up()
    keep_of = KeepTariffOf(users=world.users, keep=billing.keep)
    kept = await keep_of(caller.user.email.value, TARIFF, panels=frozenset({1001}))
    assert await billing.list(caller) == [kept]


async def test_the_operator_may_look_at_it_first(world, billing):
    caller = await world.sign_up()
    keep_of = KeepTariffOf(users=world.users, keep=billing.keep)
    email = caller.user.email.value
    assert await keep_of(email, TARIFF, panels=frozenset(), keeps=False) is None
    with pytest.raises(TariffUnacceptable):
        await keep_of(email, NOWHERE, panels=frozenset(), keeps=False)
    assert await billing.list(caller) == []


async def test_the_operator_keeps_nothing_of_nobody(world, billing):
    keep_of = KeepTariffOf(users=world.users, keep=billing.keep)
    with pytest.raises(UserNotFound):
        await keep_of("nobody@example.com", TARIFF, panels=frozenset())
