import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from adapters.fake.emporia.emporia_links import InMemoryEmporiaLinkRepository
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from domain.errors import StorageUnavailable
from tests.unit.application.archive.kept import keep
from tests.unit.application.conftest import World

HOUR = 3600
DAY = 24 * HOUR


@pytest.fixture
async def gateway(make_world) -> AsyncIterator[World]:
    """A gateway that forgets archives."""
    world = make_world()
    task = asyncio.create_task(world.forget_archives.run())
    await world.clock.settle()
    yield world
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def is_held(world: World) -> bool:
    """Whether anything of the home can be read."""
    assert bool(world.chunk_store.kept) == bool(world.chunk_store.hours)
    return bool(world.chunk_store.kept)


async def test_an_archive_stays_as_long_as_anybody_has_the_account_linked(gateway) -> None:
    await gateway.resident("ada@example.com")
    bob = await gateway.resident("bob@example.com")
    await keep(gateway, Scale.HOUR, [1.0])
    await gateway.unlink_emporia(bob)
    await gateway.clock.advance(40 * DAY)
    assert is_held(gateway)


async def test_after_the_last_unlink_it_stays_for_thirty_days_and_then_goes(gateway) -> None:
    caller = await gateway.resident()
    await keep(gateway, Scale.HOUR, [1.0])
    await gateway.unlink_emporia(caller)
    await gateway.clock.advance(30 * DAY - HOUR)
    assert is_held(gateway)
    await gateway.clock.advance(3 * HOUR)
    assert not is_held(gateway)
    assert gateway.archives.erased == []
    assert (
        gateway.forget_archives.erased_data.wipes == 2
    )  # one is what an earlier process may have left
    assert await gateway.archives.accounts() == []


async def test_who_links_again_in_time_finds_all_of_it(gateway) -> None:
    caller = await gateway.resident()
    await keep(gateway, Scale.HOUR, [1.0])
    await gateway.unlink_emporia(caller)
    await gateway.clock.advance(20 * DAY)
    await gateway.link(caller)
    await gateway.clock.advance(40 * DAY)
    assert is_held(gateway)


async def test_when_the_last_of_its_people_leaves_the_gateway_it_goes_at_once(gateway) -> None:
    await gateway.resident("ada@example.com")
    await keep(gateway, Scale.HOUR, [1.0])
    await gateway.remove_user("ada@example.com")
    assert not is_held(gateway)
    await gateway.clock.settle()
    assert gateway.archives.erased == []
    assert (
        gateway.forget_archives.erased_data.wipes == 2
    )  # one is what an earlier process may have left


async def test_who_leaves_after_unlinking_takes_it_along(gateway) -> None:
    caller = await gateway.resident("ada@example.com")
    await keep(gateway, Scale.HOUR, [1.0])
    await gateway.unlink_emporia(caller)
    await gateway.clock.advance(DAY)
    await gateway.remove_user("ada@example.com")
    assert not is_held(gateway)


@pytest.mark.parametrize("first", ["ada", "bob"])
async def test_of_two_people_who_leave_the_second_takes_it_along(gateway, first) -> None:
    await gateway.resident("ada@example.com")
    await gateway.resident("bob@example.com")
    await keep(gateway, Scale.HOUR, [1.0])
    await gateway.remove_user(f"{first}@example.com")
    await gateway.clock.advance(DAY)
    assert is_held(gateway)
    await gateway.remove_user("bob@example.com" if first == "ada" else "ada@example.com")
    assert not is_held(gateway)


async def test_who_stays_after_the_other_unlinked_takes_it_along(gateway) -> None:
    await gateway.resident("ada@example.com")
    bob = await gateway.resident("bob@example.com")
    await keep(gateway, Scale.HOUR, [1.0])
    await gateway.unlink_emporia(bob)
    await gateway.remove_user("bob@example.com")
    assert is_held(gateway)
    await gateway.remove_user("ada@example.com")
    assert not is_held(gateway)


async def test_who_links_another_account_leaves_the_first_to_its_thirty_days(gateway) -> None:
    caller = await gateway.resident()
    await keep(gateway, Scale.HOUR, [1.0])
    await gateway.link(caller, "other@example.com", account=AccountId(43))
    await gateway.clock.advance(29 * DAY)
    assert is_held(gateway)
    await gateway.clock.advance(2 * DAY + 2 * HOUR)
    assert not is_held(gateway)
    assert await gateway.archives.accounts() == [AccountId(43)]


async def test_an_archive_that_nobody_here_let_go_of_is_noticed(gateway) -> None:
    """Such as of a restored backup, or of a user whom another process removed."""
    await keep(gateway, Scale.HOUR, [1.0])
    await gateway.clock.advance(30 * DAY)
    assert is_held(gateway)
    await gateway.clock.advance(3 * HOUR)
    assert not is_held(gateway)


async def test_a_storage_in_trouble_is_tried_again_an_hour_later(gateway, caplog) -> None:
    caller = await gateway.resident("ada@example.com")
    await keep(gateway, Scale.HOUR, [1.0])
    await gateway.unlink_emporia(caller)
    gateway.forget_archives.links = BrokenLinks(gateway.store)
    await gateway.clock.advance(31 * DAY)
    assert is_held(gateway)
    assert "archives that nobody has could not be erased" in caplog.text
    gateway.forget_archives.links = gateway.links
    await gateway.clock.advance(HOUR)
    assert not is_held(gateway)


class BrokenLinks(InMemoryEmporiaLinkRepository):
    """Can't be read."""

    async def accounts(self) -> list[AccountId]:
        raise StorageUnavailable


async def test_what_was_chosen_and_noted_goes_with_the_archive(gateway) -> None:
    caller = await gateway.resident("ada@example.com")
    await gateway.choose_recording(caller, minutes=False, seconds=None)
    await gateway.archives.note_first_known(HOME, 1000, 7)
    await gateway.remove_user("ada@example.com")
    assert HOME not in gateway.archives.chosen
    assert await gateway.archives.first_known(HOME) == {}
