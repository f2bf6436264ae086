"""API keys: made, checked, limited, revoked."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from application.accounts.keys.create_key import KeyRequest
from application.accounts.passwords.prove_password import CallersPassword
from application.archive.read_history import HistoryQuery
from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import Frame, StreamEnd
from application.live.feed.subscription import Subscription, View
from domain.accounts.errors import KeyNotAllowed, KeyUnknown, PasswordNeeded
from domain.accounts.keys import KeyId, KeyLimits, KeyScope, KeySecret
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import (
    AccessTokenInvalid,
    InvalidInput,
    NotLinked,
    StorageUnavailable,
    UnknownDevice,
    UnknownSeries,
    UserNotFound,
    WrongCredentials,
)

READ = frozenset({KeyScope.READ})
STREAM = frozenset({KeyScope.STREAM})


async def make(world, caller, **wanted):
    request = KeyRequest(**{"name": "display", "scopes": READ, **wanted})
    return await world.make_key(caller, request)


async def test_a_key_lets_its_owner_in(world):
    caller = await world.sign_up()
    key, secret = await make(world, caller)
    found = await world.check_access(secret.value)
    assert (found.user, found.key, found.limits) == (caller.user, key, None)
    assert caller.limits is None
    assert await world.list_keys(caller) == [replace(key, last_used_at=world.clock.now())]


async def test_a_key_outlives_the_session_that_made_it(world):
    caller = await world.sign_up()
    _, secret = await make(world, caller)
    await world.log_out(caller)
    assert await world.check_access(secret.value)


@pytest.mark.parametrize("token", ["eea_", KeySecret.of(7).value, KeySecret.of(7).value[:-1] + "-"])
async def test_what_nobody_made_is_invalid(world, token):
    with pytest.raises(AccessTokenInvalid):
        await world.check_access(token)


async def test_a_key_ends_at_its_time(world):
    caller = await world.sign_up()
    _, secret = await make(world, caller, expires_at=world.clock.now() + timedelta(hours=1))
    await world.clock.advance(3599)
    await world.check_access(secret.value)
    await world.clock.advance(1)
    with pytest.raises(AccessTokenInvalid):
        await world.check_access(secret.value)


async def test_a_key_of_somebody_who_left_says_so(world):
    caller = await world.sign_up()
    key, secret = await make(world, caller)
    world.store.users.clear()
    with pytest.raises(UserNotFound):
        await world.check_access(secret.value)
    with pytest.raises(UserNotFound):
        await world.check_key.owner_of(key)


async def test_its_last_use_is_noted_once_a_minute(world):
    caller = await world.sign_up()
    _, secret = await make(world, caller)
    begun = world.clock.now()
    for _ in range(4):
        await world.check_access(secret.value)
        await world.clock.advance(25)
    (key,) = await world.list_keys(caller)
    assert key.last_used_at == begun + timedelta(seconds=75)


async def test_nobody_is_refused_because_a_use_can_not_be_written(world):
    caller = await world.sign_up()
    _, secret = await make(world, caller)

    async def fail(*_, **__):
        raise StorageUnavailable

    world.kept_keys.note_use = fail
    assert await world.check_access(secret.value)


async def test_a_key_takes_the_password_unless_it_was_given_just_now(world):
    caller = await world.sign_up()
    await world.clock.advance(601)
    with pytest.raises(PasswordNeeded):
        await make(world, caller)
    with pytest.raises(WrongCredentials):
        await make(world, caller, password=CallersPassword("wrong horse"))
    assert await make(world, caller, password=CallersPassword("correct horse"))
    assert len(await world.list_keys(caller)) == 1


async def test_a_key_can_not_end_in_the_past(world):
    caller = await world.sign_up()
    with pytest.raises(InvalidInput, match="expiresAt"):
        await make(world, caller, expires_at=world.clock.now())


async def test_limits_name_what_there_is(world):
    caller = await world.resident()
    for gid, refusal in ((7, UnknownDevice), (1000, UnknownSeries)):
        with pytest.raises(refusal):
            await make(world, caller, limits=KeyLimits(channels=frozenset({(gid, "99")})))
    key, _ = await make(world, caller, limits=KeyLimits(devices=frozenset({1001})))
    assert key.limits == KeyLimits(devices=frozenset({1001}))


async def test_limits_take_a_link(world):
    caller = await world.sign_up()
    with pytest.raises(NotLinked):
        await make(world, caller, limits=KeyLimits(devices=frozenset({1001})))


async def test_a_revoked_key_is_good_for_nothing_and_its_streams_end(world):
    caller = await world.resident()
    key, secret = await make(world, caller, scopes=STREAM)
    outlet, other = Mailbox(), Mailbox()
    await world.stream_usage.open(secret.value, outlet)
    await world.stream_usage.open_for(caller.claims, other)

    await world.revoke_key(caller, key.id)

    assert await outlet.take() is StreamEnd.TOKEN_INVALID
    assert not other.has_ended
    for attempt in (world.check_access(secret.value), world.check_key.owner_of(key)):
        with pytest.raises(AccessTokenInvalid):
            await attempt
    with pytest.raises(KeyUnknown):
        await world.revoke_key(caller, key.id)


async def test_a_key_of_somebody_else_is_as_unknown_as_one_that_never_was(world):
    ada, bob = await world.sign_up(), await world.sign_up("bob@example.com")
    key, _ = await make(world, bob)
    for key_id in (key.id, KeyId(world.randomness.identifier())):
        with pytest.raises(KeyUnknown):
            await world.revoke_key(ada, key_id)
    assert await world.list_keys(ada) == []


async def test_a_stream_takes_the_scope_for_it(world):
    caller = await world.resident()
    _, secret = await make(world, caller, scopes=READ)
    with pytest.raises(KeyNotAllowed):
        await world.stream_usage.open(secret.value, Mailbox())
    assert world.open_streams.all() == ()


async def test_streams_of_keys_go_on_when_all_other_sessions_end(world):
    caller = await world.resident()
    _, secret = await make(world, caller, scopes=STREAM)
    outlet = Mailbox()
    await world.stream_usage.open(secret.value, outlet)
    await world.end_other_sessions(caller)
    assert not outlet.has_ended


async def test_a_stream_of_a_key_lives_on_that_key_alone(world):
    caller = await world.resident()
    _, first = await make(world, caller, scopes=STREAM)
    _, second = await make(world, caller, scopes=STREAM)
    stream = await world.stream_usage.open(first.value, Mailbox())
    await world.stream_usage.prolong(stream, first.value)
    for token in (second.value, await world.token()):
        with pytest.raises(AccessTokenInvalid):
            await world.stream_usage.prolong(stream, token)
    signed_in = await world.open(caller)
    with pytest.raises(AccessTokenInvalid):
        await world.stream_usage.prolong(signed_in, first.value)


async def test_a_revocation_by_another_process_ends_its_streams(world):
    caller = await world.resident()
    key, secret = await make(world, caller, scopes=STREAM)
    outlet = Mailbox()
    stream = await world.stream_usage.open(secret.value, outlet)
    await world.stream_usage.check_owner(stream)
    await world.kept_keys.remove(caller.user.id, key.id)
    with pytest.raises(AccessTokenInvalid):
        await world.stream_usage.check_owner(stream)


THE_PLUG = KeyLimits(devices=frozenset({1001}))


async def frame_of(outlet: Mailbox) -> dict[str, Any]:
    news = await outlet.take()
    assert isinstance(news, Frame)
    data: dict[str, Any] = json.loads(news.text)["data"]
    return data


async def limited(world, limits):
    """A home's owner, and the owner as they come with a key that is limited so."""
    caller = await world.resident()
    key, secret = await make(world, caller, scopes=READ | STREAM)
    key = replace(key, limits=limits)
    world.store.api_keys[secret.hash] = key
    return await world.check_access(secret.value), secret.value


async def test_a_limited_key_reads_what_its_limits_show(world):
    caller, _ = await limited(world, THE_PLUG)
    usages = (await world.read_instant(world.now_query(caller))).content
    assert [device["deviceGid"] for device in usages["devices"]] == [1001]


async def test_hidden_devices_are_refused_as_those_that_never_were(world):
    caller, _ = await limited(world, THE_PLUG)
    sentences = []
    for gid in (1000, 77):
        with pytest.raises(UnknownDevice) as refusal:
            await world.read_instant(world.now_query(caller, frozenset({gid})))
        sentences.append(str(refusal.value).replace(str(gid), "gid"))
    assert sentences[0] == sentences[1]


async def test_hidden_series_are_refused_and_cost_no_request(world):
    caller, _ = await limited(world, THE_PLUG)
    asked = len(world.cloud.calls)
    query = HistoryQuery(
        caller=caller,
        gid=1001,
        channel="Balance",
        start=world.clock.now() - timedelta(hours=1),
        end=world.clock.now(),
        scale=Scale.MINUTE,
        unit=EnergyUnit.KILOWATT_HOURS,
    )
    with pytest.raises(UnknownSeries):
        await world.read_history(query)
    assert len(world.cloud.calls) == asked


async def test_frames_of_a_limited_key_hold_what_its_limits_show(world):
    _, secret = await limited(world, THE_PLUG)
    outlet = Mailbox()
    stream = await world.stream_usage.open(secret, outlet)
    await world.stream_usage.watch(stream)
    await world.clock.advance(1)
    plain = await frame_of(outlet)
    assert [each["deviceGid"] for each in plain["deviceListUsages"]["devices"]] == [1001]
    assert "live" not in plain

    world.stream_usage.subscribe(stream, Subscription())
    await world.clock.advance(1)
    told = await frame_of(outlet)
    assert [each["deviceGid"] for each in told["deviceListUsages"]["devices"]] == [1001]
    assert set(told["live"]) == {"sampledAt", "receivedAt", "stale"}
    with pytest.raises(UnknownDevice):
        await world.stream_usage.check(stream, Subscription(view=View(gids=frozenset({1000}))))
