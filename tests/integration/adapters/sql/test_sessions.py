"""What every Sessions keeps its word about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.sql.sessions import MOST_OF_A_USER, SqlSessions
from adapters.sql.users import SqlUserRepository
from domain.accounts.sessions import Session
from domain.accounts.users import Login, User

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FUTURE = datetime(2099, 1, 1, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def session(ada: User) -> Session:
    return Session(
        login_id="adas login",
        user_id=ada.id,
        name="Firefox on Linux",
        address_prefix="192.0.2.0/24",
        begun_at=NOON,
        last_used_at=NOON,
        ends_at=NOON + timedelta(days=30),
        password_at=NOON,
    )


async def test_a_session_is_kept_as_it_is(storage, ada, session) -> None:
    await storage.users.add(ada)
    await storage.sessions.add(session)
    assert await storage.sessions.with_id("adas login") == session
    assert await storage.sessions.with_id("another") is None


async def test_the_last_used_comes_first_and_what_is_over_does_not(storage, ada, session) -> None:
    await storage.users.add(ada)
    await storage.sessions.add(session)
    await storage.sessions.add(replace(session, login_id="phone", last_used_at=LATER))
    await storage.sessions.add(replace(session, login_id="short", ends_at=LATER))

    kept = await storage.sessions.of_user(ada.id, at=LATER)

    assert [one.login_id for one in kept] == ["phone", "adas login"]


async def test_a_use_moves_the_last_use_forward_alone(storage, ada, session) -> None:
    await storage.users.add(ada)
    await storage.sessions.add(session)
    await storage.sessions.note_use(replace(session, last_used_at=LATER, name="another name"))
    await storage.sessions.note_use(session)
    assert await storage.sessions.with_id("adas login") == replace(session, last_used_at=LATER)


async def test_a_use_takes_in_a_session_that_is_not_kept(storage, ada, session) -> None:
    await storage.users.add(ada)
    await storage.sessions.note_use(session)
    assert await storage.sessions.with_id("adas login") == session


async def test_a_login_that_was_ended_meanwhile_is_not_taken_in_again(
    storage, ada, session
) -> None:
    await storage.users.add(ada)
    await storage.ended_logins.add("adas login", user_id=ada.id, until=FUTURE)
    await storage.sessions.note_use(session)
    assert await storage.sessions.with_id("adas login") is None


async def test_of_logins_that_ended_together_only_the_spared_one_is_taken_in(
    storage, ada, session
) -> None:
    await storage.users.add(ada)
    await storage.users.end_logins(ada.id, before=LATER, spared=Login("mine", NOON))
    for login_id in ("mine", "theirs"):
        await storage.sessions.note_use(replace(session, login_id=login_id))
    newer = replace(session, login_id="newer", begun_at=LATER)
    await storage.sessions.note_use(newer)
    kept = await storage.sessions.of_user(ada.id, at=NOON)
    assert {one.login_id for one in kept} == {"mine", "newer"}


async def test_nothing_is_kept_for_somebody_who_left(storage, ada, session) -> None:
    await storage.sessions.add(session)
    await storage.sessions.note_use(session)
    assert await storage.sessions.of_user(ada.id, at=NOON) == []


async def test_sessions_go_with_their_user(storage, ada, session) -> None:
    await storage.users.add(ada)
    await storage.sessions.add(session)
    await storage.users.remove(ada.id)
    assert await storage.sessions.with_id("adas login") is None


async def test_the_password_is_noted_where_the_session_is_kept(storage, ada, session) -> None:
    await storage.users.add(ada)
    await storage.sessions.add(session)
    await storage.sessions.note_password("adas login", at=LATER)
    await storage.sessions.note_password("another", at=LATER)
    assert await storage.sessions.with_id("adas login") == replace(session, password_at=LATER)


async def test_one_or_all_others_are_forgotten(storage, ada, bob, session) -> None:
    await storage.users.add(ada)
    await storage.users.add(bob)
    for login_id in ("one", "two", "three"):
        await storage.sessions.add(replace(session, login_id=login_id))
    await storage.sessions.add(replace(session, login_id="bobs", user_id=bob.id))

    await storage.sessions.forget("one")
    assert len(await storage.sessions.of_user(ada.id, at=NOON)) == 2
    await storage.sessions.forget_others(ada.id, kept="two")

    assert [one.login_id for one in await storage.sessions.of_user(ada.id, at=NOON)] == ["two"]
    assert len(await storage.sessions.of_user(bob.id, at=NOON)) == 1


async def test_what_is_past_its_end_goes_when_another_begins(storage, ada, session) -> None:
    await storage.users.add(ada)
    await storage.sessions.add(replace(session, login_id="old", ends_at=LATER))
    await storage.sessions.add(replace(session, begun_at=LATER))
    assert await storage.sessions.with_id("old") is None


async def test_a_use_is_due_once_a_minute_however_the_clock_is_set(storage) -> None:
    assert storage.sessions.is_due("login", at=NOON)
    assert not storage.sessions.is_due("login", at=NOON + timedelta(seconds=59))
    assert storage.sessions.is_due("other", at=NOON)
    assert storage.sessions.is_due("login", at=NOON + timedelta(seconds=60))
    assert storage.sessions.is_due("login", at=NOON - timedelta(hours=1))


async def test_a_script_that_signs_in_all_day_does_not_fill_the_disk(engine, ada, session) -> None:
    await SqlUserRepository(engine).add(ada)
    sessions = SqlSessions(engine)
    for number in range(MOST_OF_A_USER + 3):
        used_at = NOON + timedelta(minutes=number)
        await sessions.add(replace(session, login_id=f"login {number}", last_used_at=used_at))
    kept = await sessions.of_user(ada.id, at=NOON)
    assert len(kept) == MOST_OF_A_USER
    assert kept[-1].login_id == "login 3"
