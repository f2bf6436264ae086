import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from adapters.fake.archive.archives import InMemoryArchives
from application.archive.forget_archives import ForgetArchives
from domain.archive.recording.recorder import Recording, Seconds
from domain.errors import StorageUnavailable

DAYS = 30
CHOSEN = Recording(seconds=Seconds.OFF)


@pytest.fixture
def forget(world) -> ForgetArchives:
    forget = ForgetArchives(
        archives=world.archives,
        links=world.links,
        erased_data=world.erased_data,
        clock=world.clock,
        days_after_unlink=DAYS,
    )
    forget.listen(world.events)
    return forget


@asynccontextmanager
async def running(forget: ForgetArchives) -> AsyncIterator[None]:
    task = asyncio.create_task(forget.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def account_with_archive(world, caller):
    account = (await world.links.of_user(caller.user.id)).account
    await world.archives.choose(account, CHOSEN)
    return account


async def leave(world, caller) -> None:
    await world.remove_user(str(caller.user.email))


@pytest.mark.usefixtures("forget")
async def test_an_archive_goes_with_its_last_user_at_once(world) -> None:
    caller = await world.resident()
    await account_with_archive(world, caller)
    await leave(world, caller)
    assert await world.archives.accounts() == []


async def test_of_a_user_that_left_while_the_storage_failed_it_goes_later(
    world, forget, monkeypatch
) -> None:
    caller = await world.resident()
    account = await account_with_archive(world, caller)

    async def refuse(*_: object) -> None:
        raise StorageUnavailable

    with monkeypatch.context() as broken:
        broken.setattr(InMemoryArchives, "erase", refuse)
        await leave(world, caller)
        assert await world.archives.accounts() == [account]
        async with running(forget):
            await world.clock.advance(1)
            broken.undo()
            await world.clock.advance(61)
    assert await world.archives.accounts() == []


async def test_what_a_reader_holds_in_the_log_is_wiped_when_it_lets_go(world, forget) -> None:
    world.erased_data.held = True
    async with running(forget):
        await world.clock.advance(1)
        assert world.erased_data.wipes == 0
        world.erased_data.held = False
        await world.clock.advance(61)
        assert world.erased_data.wipes == 1
        await world.clock.advance(7200)
        assert world.erased_data.wipes == 1


async def test_an_archive_that_is_linked_again_stays_though_that_was_not_noted(
    world, forget
) -> None:
    caller = await world.resident()
    account = await account_with_archive(world, caller)
    await world.archives.note_unlinked(account, world.clock.now(), last_user=None)
    async with running(forget):
        await world.clock.advance(timedelta(days=DAYS + 1).total_seconds())
    assert await world.archives.accounts() == [account]


async def test_unlinking_keeps_it_for_some_days(world, forget) -> None:
    caller = await world.resident()
    account = await account_with_archive(world, caller)
    await world.unlink_emporia(caller)
    async with running(forget):
        await world.clock.advance(timedelta(days=DAYS - 1).total_seconds())
        assert await world.archives.accounts() == [account]
        await world.clock.advance(timedelta(days=2).total_seconds())
        assert await world.archives.accounts() == []
