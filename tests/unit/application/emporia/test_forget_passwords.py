import asyncio

import pytest

from application.emporia.forget_passwords import ForgetPasswords
from domain.errors import StorageUnavailable


@pytest.fixture
async def world(make_world):
    """Two who let their passwords be kept, and one who does not."""
    world = make_world(may_keep_passwords=True)
    for number in range(3):
        caller = await world.sign_up(f"person{number}@example.com")
        await world.link(caller, f"home{number}@example.com", keep_password=number > 0)
    return world


def forget(world, *, allowed: bool) -> ForgetPasswords:
    return ForgetPasswords(
        links=world.links, events=world.events, clock=world.clock, may_keep_passwords=allowed
    )


async def test_where_none_may_be_kept_any_more_all_are_erased_and_links_stay(world, caplog) -> None:
    with caplog.at_level("INFO"):
        await forget(world, allowed=False).run()
    assert world.store.emporia_passwords == {}
    assert len(world.store.links) == 3
    assert not any(link.keeps_password for link in world.store.links.values())
    assert world.event_counts.counts["EmporiaPasswordsErased"] == 1
    assert "2 kept passwords are erased" in caplog.text


async def test_where_they_may_be_kept_they_are(world) -> None:
    await forget(world, allowed=True).run()
    assert len(world.store.emporia_passwords) == 2


async def test_nothing_is_told_where_nothing_was_kept(world) -> None:
    for _ in range(2):
        await forget(world, allowed=False).run()
    assert world.event_counts.counts["EmporiaPasswordsErased"] == 1


async def test_a_database_that_is_away_is_asked_again(world, monkeypatch) -> None:
    async def away() -> int:
        raise StorageUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(world.links, "forget_passwords", away)
        running = asyncio.create_task(forget(world, allowed=False).run())
        await world.clock.settle()
        assert len(world.store.emporia_passwords) == 2
    await world.clock.advance(60)
    await running
    assert world.store.emporia_passwords == {}
