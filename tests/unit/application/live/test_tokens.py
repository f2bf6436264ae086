"""How long a stream may go on."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.fake.accounts.users import InMemoryUserRepository
from adapters.fake.store import InMemoryStore
from application.accounts.access import AccessPolicy
from application.accounts.keys.create_key import KeyRequest
from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import StreamEnd
from application.live.stream_usage import StreamUsage
from domain.accounts.keys import KeyScope
from domain.accounts.users import User, UserId
from domain.errors import AccessTokenInvalid, TooManyStreams, UserNotFound

A_MINUTE = AccessPolicy(token_lifetime=timedelta(minutes=1))


class HesitantUsers(InMemoryUserRepository):
    """Answers when told, and tells when it is asked."""

    def __init__(self, store: InMemoryStore) -> None:
        super().__init__(store)
        self.asked, self.may_answer = asyncio.Event(), asyncio.Event()

    async def with_id(self, user_id: UserId) -> User | None:
        self.asked.set()
        await self.may_answer.wait()
        return await super().with_id(user_id)


def hesitating(world) -> tuple[StreamUsage, HesitantUsers]:
    """The world's streams over users that take their time."""
    users = HesitantUsers(world.store)
    check_access = replace(world.check_access, users=users)
    return replace(world.stream_usage, check_access=check_access), users


@pytest.fixture
async def expiring(make_world):
    """A gateway that looks for expired tokens, which live for a minute."""
    world = make_world(access_policy=A_MINUTE)
    looking = asyncio.create_task(world.stream_usage.run())
    yield world
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)


async def test_a_stream_is_opened_with_a_good_token_alone(world) -> None:
    with pytest.raises(AccessTokenInvalid):
        await world.stream_usage.open("made up", Mailbox())


async def test_a_token_of_an_erased_account_opens_no_stream(world) -> None:
    caller = await world.sign_up()
    token = await world.token()
    await world.users.remove(caller.user.id)
    with pytest.raises(UserNotFound):
        await world.stream_usage.open(token, Mailbox())
    assert world.open_streams.of_user(caller.user.id) == ()


async def test_a_token_of_an_ended_login_opens_no_stream(world) -> None:
    caller = await world.sign_up()
    token = await world.renew_token(caller)
    await world.log_out(caller)
    with pytest.raises(AccessTokenInvalid):
        await world.stream_usage.open(token, Mailbox())
    assert world.open_streams.of_user(caller.user.id) == ()


async def test_a_user_may_have_so_many_streams_and_no_more(make_world) -> None:
    world = make_world(most_streams=2)
    caller = await world.sign_up()
    first, _ = [await world.open(caller) for _ in range(2)]
    with pytest.raises(TooManyStreams):
        await world.open(caller)
    world.stream_usage.close(first)
    await world.open(caller)
    await world.open(await world.sign_up("bob@example.com"))


async def test_a_key_neither_takes_the_room_of_its_owner_nor_tells_how_much_is_taken(
    make_world,
) -> None:
    world = make_world(most_streams=1)
    caller = await world.sign_up()
    request = KeyRequest(name="display", scopes=frozenset({KeyScope.STREAM}))
    _, secret = await world.make_key(caller, request)
    _, another = await world.make_key(caller, request)
    owners = await world.open(caller)
    keys = await world.stream_usage.open(secret.value, Mailbox())
    await world.stream_usage.open(another.value, Mailbox())
    with pytest.raises(TooManyStreams):
        await world.stream_usage.open(secret.value, Mailbox())
    for stream in (owners, keys, keys):
        world.stream_usage.close(stream)
    await world.open(caller)
    await world.stream_usage.open(secret.value, Mailbox())


async def test_whoever_hangs_up_while_being_checked_takes_no_place(make_world) -> None:
    world = make_world(most_streams=1)
    caller = await world.sign_up()
    stream_usage, users = hesitating(world)
    opening = asyncio.create_task(stream_usage.open(await world.token(), Mailbox()))
    await users.asked.wait()
    opening.cancel()
    await asyncio.gather(opening, return_exceptions=True)
    await world.open(caller)


async def test_a_logout_while_a_stream_is_being_opened_finds_it(world) -> None:
    caller = await world.sign_up()
    stream_usage, users = hesitating(world)
    mailbox = Mailbox()
    opening = asyncio.create_task(stream_usage.open(await world.renew_token(caller), mailbox))
    await users.asked.wait()
    await world.log_out(caller)
    users.may_answer.set()
    await opening
    assert await mailbox.take() is StreamEnd.TOKEN_INVALID


async def test_a_token_that_expires_ends_its_stream(expiring, watch) -> None:
    listener = await watch(expiring, await expiring.resident())
    await expiring.clock.advance(59)
    assert listener.end is None
    await expiring.clock.advance(1)
    assert listener.end is StreamEnd.TOKEN_INVALID


async def test_a_further_token_of_the_same_user_prolongs_the_stream(expiring, watch) -> None:
    caller = await expiring.resident()
    listener = await watch(expiring, caller)
    await expiring.clock.advance(30)
    await expiring.stream_usage.prolong(listener.stream, await expiring.token())
    await expiring.clock.advance(59)
    assert listener.end is None
    await expiring.clock.advance(1)
    assert listener.end is StreamEnd.TOKEN_INVALID


async def test_another_users_token_prolongs_nothing(world, watch) -> None:
    listener = await watch(world, await world.resident())
    before = (listener.stream.login_id, listener.stream.expires_at)
    await world.sign_up("bob@example.com")
    with pytest.raises(AccessTokenInvalid):
        await world.stream_usage.prolong(listener.stream, await world.token("bob@example.com"))
    assert (listener.stream.login_id, listener.stream.expires_at) == before


async def test_a_bad_token_prolongs_nothing(world, watch) -> None:
    listener = await watch(world, await world.resident())
    with pytest.raises(AccessTokenInvalid):
        await world.stream_usage.prolong(listener.stream, "made up")


async def test_a_token_of_an_ended_login_prolongs_nothing(world, watch) -> None:
    listener = await watch(world, await world.resident())
    other = await world.log_in_again()
    token = await world.renew_token(other)
    await world.log_out(other)
    with pytest.raises(AccessTokenInvalid):
        await world.stream_usage.prolong(listener.stream, token)


async def test_a_logout_ends_the_streams_of_that_login_and_no_others(world, watch) -> None:
    caller = await world.resident()
    first, second = await watch(world, caller), await watch(world, caller)
    other = await world.log_in_again()
    await world.stream_usage.prolong(first.stream, await world.renew_token(other))
    await world.log_out(other)
    await world.clock.advance(2)
    assert (first.end, second.end) == (StreamEnd.TOKEN_INVALID, None)


async def test_a_logout_while_a_stream_is_being_prolonged_finds_it(world, watch) -> None:
    listener = await watch(world, await world.resident())
    other = await world.log_in_again()
    stream_usage, users = hesitating(world)
    prolonging = asyncio.create_task(
        stream_usage.prolong(listener.stream, await world.renew_token(other))
    )
    await users.asked.wait()
    await world.log_out(other)
    users.may_answer.set()
    await prolonging
    await world.clock.settle()
    assert listener.end is StreamEnd.TOKEN_INVALID


async def test_a_stream_that_has_ended_stays_ended(world, watch) -> None:
    caller = await world.resident()
    listener = await watch(world, caller)
    listener.stream.outlet.end(StreamEnd.TOKEN_INVALID)
    await world.link(caller)
    await world.clock.advance(timedelta(minutes=1).total_seconds())
    assert listener.end is StreamEnd.TOKEN_INVALID
