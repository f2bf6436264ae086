"""What becomes of open streams when links and accounts change under them."""

import asyncio
import json
from dataclasses import replace

from adapters.fake.clock import ManualClock
from adapters.fake.emporia.emporia_gateway import HOME
from adapters.fake.emporia.emporia_links import InMemoryEmporiaLinkRepository
from application.accounts.passwords.prove_password import CallersPassword
from application.live.feed.outlet import Frame, StreamEnd
from application.live.feed.subscription import FeedKey
from domain.accounts.users import UserId
from domain.emporia.events import LinkMade
from domain.emporia.links import AccountId, EmporiaLink
from domain.errors import EmporiaTokenRefused

CABIN = AccountId(77)


class HesitantLinks(InMemoryEmporiaLinkRepository):
    """Answers a second late with what it read at once."""

    clock: ManualClock

    async def of_user(self, user_id: UserId) -> EmporiaLink | None:
        link = await super().of_user(user_id)
        await self.clock.sleep(1)
        return link


def watts(frame: Frame) -> int:
    """The power of the mains in a frame."""
    device = json.loads(frame.text)["data"]["deviceListUsages"]["devices"][0]
    kilowatt_hours: float = device["channelUsages"][0]["usage"]
    return round(kilowatt_hours * 60_000)


async def revoke(world, caller) -> None:
    """Let Emporia take the caller's tokens no longer."""
    world.pool.revoked.add((await world.link_of(caller)).tokens.refresh_token)
    world.cloud.failures.append(EmporiaTokenRefused())


async def test_without_a_link_a_stream_ends_at_once(world, watch) -> None:
    listener = await watch(world, await world.sign_up())
    assert listener.heard == [StreamEnd.NO_DEVICES]


async def test_with_a_dead_link_a_stream_ends_at_once(world, watch) -> None:
    caller = await world.resident()
    await world.links.replace_tokens((await world.link_of(caller)).with_tokens(None))
    assert (await watch(world, caller)).heard == [StreamEnd.LINK_DEAD]


async def test_a_link_that_dies_ends_its_streams_and_the_polls(world, watch) -> None:
    caller = await world.resident()
    listener = await watch(world, caller)
    await world.clock.advance(5)
    await revoke(world, caller)
    await world.clock.advance(2)
    assert listener.end is StreamEnd.LINK_DEAD
    before = len(world.cloud.calls)
    await world.clock.advance(60)
    assert len(world.cloud.calls) == before


async def test_a_link_that_dies_ends_its_own_users_streams_and_no_others(world, watch) -> None:
    ada = await world.resident("ada@example.com", "ada@emporia.example")
    bob = await world.resident("bob@example.com", "bob@emporia.example")
    adas, bobs = await watch(world, ada), await watch(world, bob)
    await world.clock.advance(5)
    bobs.forget()
    await revoke(world, ada)
    await world.clock.advance(10)
    assert adas.end is StreamEnd.LINK_DEAD
    assert (len(bobs.frames), bobs.notices, bobs.end) == (10, [], None)
    assert world.cloud.calls[-1][1].timestamp() > world.clock.now().timestamp() - 1


async def test_the_last_live_link_of_an_account_that_dies_ends_all_its_streams(
    world, watch
) -> None:
    ada = await world.resident("ada@example.com", "ada@emporia.example")
    bob = await world.resident("bob@example.com", "bob@emporia.example")
    listeners = [await watch(world, caller) for caller in (ada, bob)]
    await revoke(world, ada)
    await revoke(world, bob)
    await world.clock.advance(5)
    assert [listener.end for listener in listeners] == [StreamEnd.LINK_DEAD] * 2


async def test_unlinking_ends_the_users_streams_and_no_others(world, watch) -> None:
    ada = await world.resident("ada@example.com", "ada@emporia.example")
    bob = await world.resident("bob@example.com", "bob@emporia.example")
    adas, bobs = await watch(world, ada), await watch(world, bob)
    await world.unlink_emporia(ada)
    await world.clock.advance(5)
    assert (adas.end, bobs.end) == (StreamEnd.NO_DEVICES, None)


async def test_linking_another_account_moves_open_streams_at_the_next_tick(world, watch) -> None:
    caller = await world.resident()
    listener = await watch(world, caller)
    await world.clock.advance(10.5)
    world.cloud.watts = 1200
    listener.forget()
    await world.link(caller, "cabin@example.com", account=CABIN)
    await world.clock.advance(1)
    assert listener.stream.watched == FeedKey(CABIN)
    assert {watts(frame) for frame in listener.frames} == {1200}
    assert listener.end is None


async def test_the_account_that_was_left_is_polled_no_more(world, watch) -> None:
    caller = await world.resident()
    await watch(world, caller)
    await world.link(caller, "cabin@example.com", account=CABIN)
    await world.clock.advance(10)
    before = world.samples.newest(FeedKey(HOME))
    await world.clock.advance(60)
    assert world.samples.newest(FeedKey(HOME)) is before
    assert world.samples.newest(FeedKey(CABIN)) is not before


async def test_linking_the_same_account_again_disturbs_no_stream(world, watch) -> None:
    caller = await world.resident()
    listener = await watch(world, caller)
    listener.forget()
    await world.clock.advance(5)
    await world.link(caller)
    await world.clock.advance(5)
    assert (len(listener.frames), listener.notices, listener.end) == (10, [], None)


async def test_linking_again_while_the_old_tokens_are_being_refused_ends_no_stream(
    world, watch
) -> None:
    caller = await world.resident()
    listener = await watch(world, caller)
    world.pool.answer_seconds = 3
    await revoke(world, caller)
    await world.clock.advance(2)
    await world.link(caller)
    await world.clock.advance(10)
    assert (listener.notices, listener.end) == ([], None)


async def test_leaving_for_good_ends_all_streams_of_that_user(world, watch) -> None:
    ada = await world.resident("ada@example.com", "ada@emporia.example")
    bob = await world.resident("bob@example.com", "bob@emporia.example")
    adas, more, bobs = [await watch(world, caller) for caller in (ada, ada, bob)]
    await world.delete_account(ada, CallersPassword("correct horse"))
    await world.clock.advance(5)
    assert (adas.end, more.end, bobs.end) == (StreamEnd.USER_GONE, StreamEnd.USER_GONE, None)


async def test_unlinking_before_a_stream_began_to_watch_ends_it(world) -> None:
    caller = await world.resident()
    stream = await world.open(caller)
    await world.unlink_emporia(caller)
    await world.stream_usage.watch(stream)
    assert await stream.outlet.take() is StreamEnd.NO_DEVICES
    assert stream.watched is None


async def test_watching_twice_is_watching_once(world) -> None:
    stream = await world.open(await world.resident())
    await world.stream_usage.watch(stream)
    await world.stream_usage.watch(stream)
    await world.clock.advance(5)
    assert world.cloud.requests("usages") in {5, 6}


async def test_streams_follow_the_newest_link_however_quickly_it_changes(world, watch) -> None:
    caller = await world.resident()
    listener = await watch(world, caller)
    for _ in range(2):
        await world.link(caller, "cabin@example.com", account=CABIN)
        await world.link(caller)
    made = LinkMade(user_id=caller.user.id, account=HOME)
    await asyncio.gather(*(world.events.publish(made) for _ in range(3)))
    assert listener.stream.watched == FeedKey(HOME)


async def test_a_stream_that_begins_to_watch_while_its_user_links_another_account_watches_that(
    world,
) -> None:
    caller = await world.resident()
    stream = await world.open(caller)
    links = HesitantLinks(world.store)
    links.clock = world.clock
    watching = asyncio.create_task(replace(world.stream_usage, links=links).watch(stream))
    await world.clock.settle()
    await world.link(caller, "cabin@example.com", account=CABIN)
    await world.clock.advance(1)
    await watching
    assert stream.watched == FeedKey(CABIN)


async def test_a_poll_that_falls_into_a_change_of_the_link_ends_nothing(world, watch) -> None:
    caller = await world.resident()
    listener = await watch(world, caller)
    link = await world.link_of(caller)
    await world.links.remove(caller.user.id)
    await world.clock.advance(1)
    await world.links.save(link)
    await world.clock.advance(5)
    assert listener.end is None


async def test_a_link_whose_tokens_can_no_longer_be_read_ends_its_streams(world, watch) -> None:
    caller = await world.resident()
    listener = await watch(world, caller)
    await world.links.replace_tokens((await world.link_of(caller)).with_tokens(None))
    await world.clock.advance(3)
    assert listener.end is StreamEnd.LINK_DEAD


async def test_a_link_made_and_dead_before_its_streams_follow_ends_them(world, watch) -> None:
    caller = await world.resident()
    listener = await watch(world, caller)
    await world.links.replace_tokens((await world.link_of(caller)).with_tokens(None))
    await world.events.publish(LinkMade(user_id=caller.user.id, account=HOME))
    await world.clock.settle()
    assert listener.end is StreamEnd.LINK_DEAD
