"""Logins as sessions: listed, noted, ended."""

from dataclasses import replace
from datetime import timedelta

import pytest

from application.accounts.access import AccessPolicy
from application.accounts.passwords.change_password import PasswordChange
from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.sessions.log_in import Credentials
from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import StreamEnd
from domain.accounts.callers.visits import Visit
from domain.accounts.errors import PasswordNeeded, SessionUnknown
from domain.errors import (
    AccessTokenInvalid,
    PasswordUnacceptable,
    StorageUnavailable,
    WrongCredentials,
)

PASSWORD = CallersPassword("correct horse")
PHONE = Visit(name="Chrome on Android", address_prefix="192.0.2.0/24")
RESTING = AccessPolicy(token_lifetime=timedelta(days=30), longest_rest=timedelta(hours=1))


async def sign_in(world, visit=PHONE) -> str:
    credentials = Credentials(email="ada@example.com", password="correct horse", visit=visit)
    token: str = await world.log_in(credentials)
    return token


async def test_a_login_is_a_session_named_after_what_it_was_begun_by(world):
    caller = await world.sign_up()
    await sign_in(world)
    sessions = await world.list_sessions(caller)
    assert [one.name for one in sessions] == ["Unknown", "Chrome on Android"]
    assert sessions[0].login_id == caller.claims.login_id


async def test_nobody_sees_the_sessions_of_others(world):
    await world.sign_up()
    bob = await world.sign_up("bob@example.com")
    assert [one.user_id for one in await world.list_sessions(bob)] == [bob.user.id]


async def test_its_last_use_is_noted_once_a_minute(world):
    caller = await world.sign_up()
    begun = world.clock.now()
    for _ in range(5):
        await world.clock.advance(25)
        await world.check_access.caller(caller.claims)
    (session,) = await world.list_sessions(caller)
    assert session.last_used_at == begun + timedelta(seconds=75)


async def test_what_another_node_has_just_noted_is_not_noted_again(make_world):
    here = make_world()
    there = make_world(beside=here)
    caller = await here.sign_up()
    begun = here.clock.now()
    await here.clock.advance(25)
    await there.check_access.caller(caller.claims)
    (session,) = await here.list_sessions(caller)
    assert session.last_used_at == begun
    await here.clock.advance(61)
    await there.check_access.caller(caller.claims)
    (session,) = await here.list_sessions(caller)
    assert session.last_used_at == begun + timedelta(seconds=86)


async def test_a_login_of_before_sessions_were_kept_is_taken_in_at_its_first_use(world):
    caller = await world.sign_up()
    await world.kept_sessions.forget(caller.claims.login_id)
    await world.clock.advance(60)
    await world.check_access.caller(caller.claims, lambda: PHONE)
    (session,) = await world.list_sessions(caller)
    assert (session.name, session.address_prefix) == (PHONE.name, PHONE.address_prefix)
    assert session.begun_at == caller.claims.login_at
    assert session.password_at is None


async def test_one_session_is_ended_and_its_streams_with_it(world):
    caller = await world.sign_up()
    other = await world.log_in_again()
    mine, theirs = Mailbox(), Mailbox()
    await world.stream_usage.open_for(caller.claims, mine)
    await world.stream_usage.open_for(other.claims, theirs)

    await world.end_session(caller, other.claims.login_id)

    assert await theirs.take() is StreamEnd.TOKEN_INVALID
    assert not mine.has_ended
    with pytest.raises(AccessTokenInvalid):
        await world.check_access.caller(other.claims)
    assert [one.login_id for one in await world.list_sessions(caller)] == [caller.claims.login_id]


async def test_a_session_of_somebody_else_is_as_unknown_as_one_that_never_was(world):
    ada, bob = await world.sign_up(), await world.sign_up("bob@example.com")
    for login_id in (bob.claims.login_id, "made up"):
        with pytest.raises(SessionUnknown):
            await world.end_session(ada, login_id)
    assert await world.check_access.caller(bob.claims)


async def test_all_other_sessions_end_at_once_listed_or_not(world):
    caller = await world.sign_up()
    listed, unlisted = await world.log_in_again(), await world.log_in_again()
    await world.kept_sessions.forget(unlisted.claims.login_id)
    mine, theirs = Mailbox(), Mailbox()
    await world.stream_usage.open_for(caller.claims, mine)
    await world.stream_usage.open_for(listed.claims, theirs)

    await world.clock.advance(0.001)
    await world.end_other_sessions(caller)

    assert await theirs.take() is StreamEnd.TOKEN_INVALID
    assert not mine.has_ended
    for ended in (listed, unlisted):
        with pytest.raises(AccessTokenInvalid):
            await world.check_access.caller(ended.claims)
    renewed = await world.check_access(await world.renew_token(caller))
    assert await world.check_access(await sign_in(world))
    assert renewed.claims.login_id == caller.claims.login_id


async def test_a_session_that_rested_too_long_is_over(make_world):
    world = make_world(access_policy=RESTING)
    caller = await world.sign_up()
    await world.clock.advance(3600)
    await world.check_access.caller(caller.claims)
    await world.clock.advance(3601)
    with pytest.raises(AccessTokenInvalid):
        await world.check_access.caller(caller.claims)
    with pytest.raises(AccessTokenInvalid):
        await world.check_access.caller(caller.claims)
    assert await world.list_sessions(await world.log_in_again()) != []


class UnwritableSessions:
    """A storage that can't be reached just now."""

    def is_due(self, *_, **__):
        return True

    async def with_id(self, *_, **__):
        raise StorageUnavailable


async def test_nobody_is_refused_because_a_use_can_not_be_written(world):
    caller = await world.sign_up()
    use_session = replace(world.use_session, sessions=UnwritableSessions())
    check_access = replace(world.check_access, use_session=use_session)
    assert await check_access.caller(caller.claims) == caller


async def test_who_may_not_rest_is_refused_where_nobody_knows_how_long_they_did(make_world):
    world = make_world(access_policy=RESTING)
    caller = await world.sign_up()
    use_session = replace(world.use_session, sessions=UnwritableSessions())
    with pytest.raises(StorageUnavailable):
        await replace(world.check_access, use_session=use_session).caller(caller.claims)


async def test_a_password_change_ends_every_other_session(world):
    caller = await world.sign_up()
    other = await world.log_in_again()

    change = PasswordChange(old=PASSWORD, new="incorrect zebra")
    await world.clock.advance(0.001)
    await world.change_password(caller, change)

    with pytest.raises(AccessTokenInvalid):
        await world.check_access.caller(other.claims)
    assert (await world.check_access.caller(caller.claims)).user.id == caller.user.id
    with pytest.raises(WrongCredentials):
        await sign_in(world)
    new = Credentials(email="ada@example.com", password="incorrect zebra")
    assert await world.check_access(await world.log_in(new))


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("wrong horse", "incorrect zebra", WrongCredentials),
        ("\ud83d", "incorrect zebra", WrongCredentials),
        ("correct horse", "short", PasswordUnacceptable),
    ],
)
async def test_a_refused_password_change_changes_nothing(world, old, new, refusal):
    caller = await world.sign_up()
    other = await world.log_in_again()
    with pytest.raises(refusal):
        await world.change_password(caller, PasswordChange(old=CallersPassword(old), new=new))
    assert await world.check_access.caller(other.claims)
    assert await sign_in(world)


async def test_the_password_is_asked_for_again_after_ten_minutes(world):
    caller = await world.sign_up()
    await world.confirm_password(caller, None)
    await world.clock.advance(601)
    with pytest.raises(PasswordNeeded):
        await world.confirm_password(caller, None)
    with pytest.raises(WrongCredentials):
        await world.confirm_password(caller, CallersPassword("wrong horse"))
    await world.confirm_password(caller, PASSWORD)
    await world.clock.advance(599)
    await world.confirm_password(caller, None)


async def test_a_login_of_before_sessions_has_to_give_the_password(world):
    caller = await world.sign_up()
    await world.kept_sessions.forget(caller.claims.login_id)
    with pytest.raises(PasswordNeeded):
        await world.confirm_password(caller, None)


async def test_one_is_confirmed_by_a_password_alone_not_by_a_clock_set_back(world):
    caller = await world.sign_up()
    await world.kept_sessions.note_password(
        caller.claims.login_id, at=world.clock.now() + timedelta(hours=1)
    )
    with pytest.raises(PasswordNeeded):
        await world.confirm_password(caller, None)
