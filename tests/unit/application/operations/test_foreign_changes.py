"""What another process changes is heard of, and streams follow it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from application.accounts.passwords.reset_password import PasswordReset
from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import StreamEnd
from domain.operations.events import StorageChanged

pytestmark = pytest.mark.usefixtures("noticing")


class RememberingMailbox(Mailbox):
    """Keeps why it was ended."""

    ended_by: StreamEnd | None = None

    def end(self, reason: StreamEnd) -> None:
        self.ended_by = self.ended_by or reason
        super().end(reason)


@pytest.fixture
async def noticing(world) -> AsyncIterator[asyncio.Task[None]]:
    """The task that looks."""
    looking = asyncio.create_task(world.notice_foreign_changes.run())
    yield looking
    if looking.cancel():
        with suppress(asyncio.CancelledError):
            await looking


async def open_stream(world, caller) -> RememberingMailbox:
    outlet = RememberingMailbox()
    await world.open(caller, outlet)
    return outlet


async def elsewhere(world) -> None:
    """Something was just changed by another process."""
    world.foreign_changes.pending = True
    await world.clock.advance(0.5)


async def test_streams_of_a_user_whom_another_process_removed_end(world) -> None:
    ada = await world.sign_up("ada@example.com")
    bob = await world.sign_up("bob@example.com")
    adas, bobs = await open_stream(world, ada), await open_stream(world, bob)
    await world.users.remove(ada.user.id)
    await elsewhere(world)
    assert (adas.ended_by, bobs.ended_by) == (StreamEnd.USER_GONE, None)


async def test_a_removed_user_is_told_of_once_however_many_streams_they_had(world) -> None:
    ada = await world.sign_up()
    for _ in range(3):
        await open_stream(world, ada)
    await world.users.remove(ada.user.id)
    await elsewhere(world)
    assert world.event_counts.counts["UserRemoved"] == 1


async def test_streams_of_a_login_that_another_process_ended_end(world) -> None:
    ada = await world.sign_up()
    kept = await open_stream(world, ada)
    ended = RememberingMailbox()
    stream = await world.open(ada, ended)
    await world.ended_logins.add(stream.login_id, user_id=ada.user.id, until=ada.claims.expires_at)
    await elsewhere(world)
    assert (ended.ended_by, kept.ended_by) == (StreamEnd.TOKEN_INVALID, None)


async def test_streams_end_when_another_process_resets_the_password(world) -> None:
    ada = await world.sign_up()
    outlet = await open_stream(world, ada)
    await world.clock.advance(1)
    await world.reset_password(PasswordReset(email="ada@example.com", password="a newer horse"))
    await elsewhere(world)
    assert outlet.ended_by is StreamEnd.TOKEN_INVALID


async def test_memories_are_told_before_streams_are_looked_at(world) -> None:
    ada = await world.sign_up()
    outlet = await open_stream(world, ada)
    heard: list[bool] = []

    async def forget(_: StorageChanged) -> None:
        heard.append(outlet.has_ended)

    world.events.subscribe(StorageChanged, forget)
    await world.users.remove(ada.user.id)
    await elsewhere(world)
    assert (heard, outlet.has_ended) == ([False], True)


async def test_nothing_is_told_while_nothing_changes(world) -> None:
    await world.clock.advance(60)
    assert "StorageChanged" not in world.event_counts.counts


async def test_what_could_not_be_looked_into_is_looked_into_again(
    world, monkeypatch, caplog
) -> None:
    ada = await world.sign_up()
    outlet = await open_stream(world, ada)
    await world.users.remove(ada.user.id)
    contains = world.ended_logins.contains

    async def broken(_: str) -> bool:
        monkeypatch.setattr(world.ended_logins, "contains", contains)
        raise OSError

    monkeypatch.setattr(world.ended_logins, "contains", broken)
    await elsewhere(world)
    assert not outlet.has_ended
    await world.clock.advance(0.5)
    assert outlet.ended_by is StreamEnd.USER_GONE
    assert "could not be looked into" in caplog.text


async def test_a_look_that_breaks_because_it_is_stopped_stops(
    world, noticing, monkeypatch, caplog
) -> None:
    asked = asyncio.Event()

    async def contains(_: str) -> bool:
        asked.set()
        try:
            return await asyncio.Event().wait()
        finally:
            raise OSError

    await open_stream(world, await world.sign_up())
    monkeypatch.setattr(world.ended_logins, "contains", contains)
    await elsewhere(world)
    await asyncio.wait_for(asked.wait(), 5)
    noticing.cancel()
    await asyncio.wait([noticing], timeout=5)
    assert isinstance(noticing.exception(), OSError)
    assert caplog.records == []
