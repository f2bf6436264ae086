"""What is told of an account after a restart in an outage."""

from typing import Any

import pytest

from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import (
    BudgetSpent,
    EmporiaTimedOut,
    EmporiaUnavailable,
    EmporiaUnreadable,
    LinkDead,
    NotLinked,
)

SCALE, UNIT = Scale.MINUTE, EnergyUnit.KILOWATT_HOURS
DOWN = EmporiaUnavailable(retry_after_seconds=30)
DEVICES = "devices"


def restart(world: Any) -> Any:
    """Forget what only memory knows."""
    world.directory.listings.clear()
    world.samples.samples.clear()
    return world.list_known_devices


@pytest.mark.parametrize(
    "failure",
    [
        DOWN,
        EmporiaTimedOut(),
        EmporiaUnreadable(),
        BudgetSpent(),
    ],
)
async def test_in_an_outage_the_kept_list_is_told_with_its_age(world, failure) -> None:
    caller = await world.resident()
    list_known_devices = restart(world)
    await world.clock.advance(720)
    world.cloud.failure = failure
    known = await list_known_devices(caller, accept_old=True)
    assert known.customer.document["devices"] == [{"deviceGid": 1000}]
    assert known.age_seconds == pytest.approx(720, abs=2)


async def test_who_does_not_ask_for_it_gets_no_old_list(world) -> None:
    caller = await world.resident()
    list_known_devices = restart(world)
    world.cloud.failure = DOWN
    with pytest.raises(EmporiaUnavailable):
        await list_known_devices(caller, accept_old=False)


async def test_a_list_that_emporia_tells_now_has_no_age(world) -> None:
    caller = await world.resident()
    known = await world.list_known_devices(caller, accept_old=True)
    assert known.age_seconds is None


async def test_without_a_kept_list_the_outage_is_told(world) -> None:
    caller = await world.resident()
    world.store.last_answers.clear()
    list_known_devices = restart(world)
    world.cloud.failure = DOWN
    with pytest.raises(EmporiaUnavailable):
        await list_known_devices(caller, accept_old=True)


async def test_a_link_that_is_gone_or_dead_shows_no_kept_list(world) -> None:
    caller = await world.resident()
    await world.links.replace_tokens((await world.link_of(caller)).with_tokens(None))
    with pytest.raises(LinkDead):
        await world.list_known_devices(caller, accept_old=True)
    await world.unlink_emporia(caller)
    with pytest.raises(NotLinked):
        await world.list_known_devices(caller, accept_old=True)
    assert world.store.last_answers == {}


async def test_a_list_or_a_sample_of_nothing_is_not_kept(world) -> None:
    caller = await world.resident()
    kept = dict(world.store.last_answers)
    await world.clock.advance(61)
    world.cloud.devices = ()
    await world.list_devices(caller)
    await world.read_instant(world.now_query(caller))
    assert world.store.last_answers == kept


async def test_an_account_without_a_live_link_keeps_nothing(world) -> None:
    caller = await world.resident()
    sample = await kept_sample(world, caller)
    account = (await world.link_of(caller)).account
    await world.unlink_emporia(caller)
    await world.kept_answers.keep_sample(account, sample)
    assert world.store.last_answers == {}


async def test_a_kept_sample_without_a_kept_list_tells_no_homes(world) -> None:
    caller = await world.resident()
    await kept_sample(world, caller)
    account = (await world.link_of(caller)).account
    of_homes = await world.kept_answers.sample(account, scale=SCALE, unit=UNIT)
    assert [home.watts for home in of_homes.homes] == [pytest.approx(600)]
    del world.store.last_answers[caller.user.id, DEVICES]
    assert (await world.kept_answers.sample(account, scale=SCALE, unit=UNIT)).homes is None


async def kept_sample(world: Any, caller: Any) -> Any:
    await world.read_instant(world.now_query(caller))
    (sample,) = world.samples.samples.values()
    return sample
