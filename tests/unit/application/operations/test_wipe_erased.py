"""What is erased is wiped at once, or as soon as nobody reads it any more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from application.accounts.passwords.prove_password import CallersPassword
from domain.operations.events import StorageChanged
from tests.unit.application.conftest import PASSWORD


@pytest.fixture
async def trying(world) -> AsyncIterator[None]:
    """The task that tries again, past its first try."""
    task = asyncio.create_task(world.wipe_erased.run())
    await world.clock.settle()
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.mark.usefixtures("trying")
async def test_a_start_wipes_what_an_earlier_process_could_not(world) -> None:
    assert world.erased_data.wipes == 1


async def test_an_account_is_wiped_when_its_deletion_returns(world) -> None:
    caller = await world.sign_up()
    await world.delete_account(caller, CallersPassword(PASSWORD))
    assert world.erased_data.wipes == 1


async def test_a_link_is_wiped_when_its_removal_returns(world) -> None:
    caller = await world.resident()
    await world.unlink_emporia(caller)
    assert world.erased_data.wipes == 1


@pytest.mark.usefixtures("trying")
async def test_what_another_process_erased_is_wiped_soon(world) -> None:
    await world.events.publish(StorageChanged())
    await world.clock.settle()
    assert world.erased_data.wipes == 2


@pytest.mark.usefixtures("trying")
async def test_while_somebody_reads_it_is_tried_again_and_told_once(world, caplog) -> None:
    caplog.set_level("INFO")
    caller = await world.sign_up()
    caplog.clear()
    world.erased_data.held = True
    await world.delete_account(caller, CallersPassword(PASSWORD))
    await world.clock.advance(600)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "@" not in caplog.text

    world.erased_data.held = False
    await world.clock.advance(60)
    assert world.erased_data.wipes == 2
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]

    await world.clock.advance(600)
    assert world.erased_data.wipes == 2
