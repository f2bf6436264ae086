"""What is left of an account that nobody is linked to, and for how long."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from application.emporia.forget_unlinked import ForgetUnlinked
from domain.errors import StorageBusy
from tests.unit.application.conftest import World

HOUR = 3600
DAY = 24 * HOUR


@pytest.fixture
async def gateway(make_world) -> AsyncIterator[World]:
    """A gateway with a budget, whose erasing runs."""
    world = make_world(daily_requests=100)
    erasing = ForgetUnlinked(ledger=world.ledger, events=world.events, clock=world.clock)
    tasks = [asyncio.create_task(each.run()) for each in (erasing, world.wipe_erased)]
    await world.clock.settle()
    yield world
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def counted(world) -> int:
    start = world.clock.now().replace(year=2000)
    return sum(slot.requests for slot in await world.ledger.slots(HOME, since=start))


async def test_unlinking_and_linking_again_gives_no_budget_back(gateway) -> None:
    caller = await gateway.resident()
    await gateway.unlink_emporia(caller)
    await gateway.clock.advance(DAY - HOUR)
    await gateway.link(caller)
    assert await counted(gateway) >= 1
    assert (await gateway.budgets.status(HOME)).spent >= 1


async def test_a_day_and_an_hour_after_the_last_link_nothing_is_left(gateway) -> None:
    caller = await gateway.resident()
    await gateway.unlink_emporia(caller)
    assert "subject" not in str(gateway.store)
    assert await counted(gateway) == 1
    wiped = gateway.erased_data.wipes
    await gateway.clock.advance(DAY + HOUR + 60)
    assert await counted(gateway) == 0
    assert gateway.erased_data.wipes == wiped + 1


async def test_who_is_linked_keeps_old_counts_for_a_clock_that_is_ahead(gateway) -> None:
    await gateway.resident()
    await gateway.clock.advance(2 * DAY)
    assert await counted(gateway) == 1


async def test_what_the_storage_can_not_erase_now_is_erased_an_hour_later(gateway, caplog) -> None:
    caller = await gateway.resident()
    await gateway.unlink_emporia(caller)
    gateway.ledger.failure = StorageBusy()
    await gateway.clock.advance(DAY + HOUR + 60)
    gateway.ledger.failure = None
    assert "could not be erased" in caplog.text
    assert await counted(gateway) == 1
    await gateway.clock.advance(HOUR)
    assert await counted(gateway) == 0
