"""What the device list of an account is believed to be, and for how long."""

from datetime import timedelta

import pytest

from application.archive.read_history import HistoryQuery
from domain.emporia.links import AccountId
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import EmporiaUnreadable, UnknownDevice


def history_of(world, caller) -> HistoryQuery:
    now = world.clock.now()
    return HistoryQuery(
        caller=caller,
        gid=1000,
        channel="1,2,3",
        start=now - timedelta(hours=2),
        end=now,
        scale=Scale.HOUR,
        unit=EnergyUnit.KILOWATT_HOURS,
    )


async def test_an_empty_device_list_hides_ones_own_device_for_seconds_alone(world) -> None:
    whole, world.cloud.devices = world.cloud.devices, ()
    caller = await world.resident()
    with pytest.raises(UnknownDevice):
        await world.read_history(history_of(world, caller))
    world.cloud.devices = whole
    await world.clock.advance(10)
    assert (await world.read_history(history_of(world, caller))).usages


async def test_a_device_that_vanished_is_looked_for_again_soon(world) -> None:
    caller = await world.resident()
    await world.clock.advance(60)
    whole, world.cloud.devices = world.cloud.devices, ()
    await world.list_devices(caller)
    world.cloud.devices = whole
    await world.clock.advance(10)
    assert (await world.read_instant(world.now_query(caller))).content["devices"]


async def test_an_account_without_devices_is_asked_ever_more_rarely(world) -> None:
    world.cloud.devices = ()
    caller = await world.resident()
    for _ in range(3600):
        await world.read_instant(world.now_query(caller))
        await world.clock.advance(1)
    assert world.cloud.requests("customer") == 9


async def test_the_list_of_another_account_is_no_answer_and_is_not_kept(world) -> None:
    caller = await world.resident()
    await world.clock.advance(60)
    token = (await world.link_of(caller)).tokens.id_token
    world.cloud.accounts[token] = AccountId(43)
    with pytest.raises(EmporiaUnreadable):
        await world.list_devices(caller)
    del world.cloud.accounts[token]
    assert (await world.list_devices(caller)).account == 42
