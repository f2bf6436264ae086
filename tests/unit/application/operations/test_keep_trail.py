"""What is kept of what happens to accounts, and who reads it."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from application.accounts.keys.create_key import KeyRequest
from application.accounts.passwords.change_password import PasswordChange
from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.passwords.reset_password import PasswordReset
from application.accounts.sessions.log_in import Credentials
from application.operations.trail_lines import TOLD
from domain.accounts.callers.visits import Visit
from domain.accounts.keys import KeyScope
from domain.accounts.trail import TrailLine
from domain.emporia.events import EmporiaPasswordForgotten, LinkDied, LinkRenewed
from domain.emporia.links import AccountId
from domain.errors import UserNotFound, WrongCredentials

PHONE = Visit(name="Chrome on Android", address_prefix="192.0.2.0/24")
PASSWORD = CallersPassword("correct horse")
WRONG = Credentials(email="ada@example.com", password="wrong horse", visit=PHONE)
UNKNOWN = "session Unknown"


async def on_phone(world):
    """Ada, signed in by phone."""
    token = await world.log_in(
        Credentials(email="ada@example.com", password="correct horse", visit=PHONE)
    )
    return await world.check_access(token, lambda: PHONE)


async def fail(world, *, times: int = 1, email: str = "ada@example.com") -> None:
    for _ in range(times):
        with pytest.raises(WrongCredentials):
            await world.log_in(Credentials(email=email, password="wrong horse", visit=PHONE))
        await world.clock.advance(60)


async def lines_of(world, caller) -> list[TrailLine]:
    lines: list[TrailLine] = await world.list_events(caller, before=None, most=200)
    return lines


def told(lines: list[TrailLine]) -> list[tuple[str, str, dict[str, str]]]:
    """The lines from the first to the last."""
    return [(line.kind, line.by, dict(line.detail)) for line in reversed(lines)]


async def test_a_life_of_an_account_is_told_line_by_line(world) -> None:
    first = await world.sign_up()
    caller = await on_phone(world)
    await world.end_session(caller, first.claims.login_id)
    await on_phone(world)
    await world.clock.advance(1)
    await world.change_password(caller, PasswordChange(old=PASSWORD, new="incorrect zebra"))
    await world.link(caller, account=AccountId(4711))
    await world.unlink_emporia(caller)
    for _ in range(3):  # there are no others any more, and no link: no line
        await world.end_other_sessions(caller)
        await world.unlink_emporia(caller)
    await world.log_out(caller)
    phone, here = "session Chrome on Android", {"address": "192.0.2.0/24"}
    assert told(await lines_of(world, caller)) == [
        ("account_opened", "operator", {}),
        ("signed_in", UNKNOWN, {}),
        ("signed_in", phone, here),
        ("session_ended", phone, {"session": "Unknown", "reason": "ended", **here}),
        ("signed_in", phone, here),
        ("password_changed", phone, here),
        ("other_sessions_ended", phone, {"sessions": "1", **here}),
        ("link_made", phone, {"account": "4711", **here}),
        ("link_removed", phone, {"account": "4711", **here}),
        ("session_ended", phone, {"session": PHONE.name, "reason": "logged out", **here}),
    ]


async def test_keys_are_told_by_name_and_tell_who_came_with_them(world) -> None:
    caller = await world.sign_up()
    request = KeyRequest(name="display", scopes=frozenset({KeyScope.READ}))
    key, secret = await world.make_key(caller, request)
    with_key = await world.check_access(secret.value, lambda: PHONE)
    await world.revoke_key(caller, key.id)
    assert told(await lines_of(world, caller))[-2:] == [
        ("key_made", UNKNOWN, {"key": "display"}),
        ("key_revoked", UNKNOWN, {"key": "display"}),
    ]
    assert with_key.actor.name == "key display"
    assert with_key.actor.address_prefix == PHONE.address_prefix


async def test_failures_of_an_hour_are_counted_in_one_line(world) -> None:
    caller = await world.sign_up()
    await world.clock.advance(1)
    await fail(world, times=5)
    failed = (await lines_of(world, caller))[0]
    assert (failed.kind, failed.by, failed.times) == (
        "sign_in_failed",
        "visitor Chrome on Android",
        5,
    )
    assert failed.last_at - failed.at == timedelta(minutes=4)


async def test_a_failure_with_an_email_that_nobody_has_leaves_no_line(world) -> None:
    await world.sign_up()
    await fail(world, email="nobody@example.com")
    assert "sign_in_failed" not in {line.kind for line in await world.read_audit(most=100)}


async def test_what_the_operator_and_the_gateway_do_is_told_so(world) -> None:
    caller = await world.sign_up()
    await world.reset_password(PasswordReset(email="ada@example.com", password="a newer horse"))
    for kind in (LinkRenewed, EmporiaPasswordForgotten, LinkDied):
        await world.events.publish(kind(user_id=caller.user.id, account=AccountId(4711)))
    assert told(await lines_of(world, caller))[-4:] == [
        ("password_reset", "operator", {}),
        ("link_renewed", "gateway", {"account": "4711"}),
        ("emporia_password_forgotten", "gateway", {"account": "4711"}),
        ("link_died", "gateway", {"account": "4711"}),
    ]


async def test_what_another_process_did_leaves_no_second_line(world) -> None:
    caller = await world.sign_up()
    before = await lines_of(world, caller)
    stream = await world.open(caller)
    looking = asyncio.create_task(world.notice_foreign_changes.run())
    await world.ended_logins.add(
        stream.login_id, user_id=caller.user.id, until=caller.claims.expires_at
    )
    world.foreign_changes.pending = True
    await world.clock.advance(0.5)
    looking.cancel()
    assert stream.outlet.has_ended
    assert await lines_of(world, caller) == before


async def test_of_a_deleted_account_one_line_without_anybody_is_left(world) -> None:
    ada, _ = await world.sign_up(), await world.sign_up("bob@example.com")
    await world.delete_account(ada, PASSWORD)
    await world.remove_user("bob@example.com")
    lines = await world.read_audit(most=100)
    assert [(line.user_id, line.kind, line.by, line.detail) for line in lines] == [
        (None, "account_deleted", "operator", {}),
        (None, "account_deleted", "its owner", {}),
    ]


async def test_nobody_sees_what_happened_to_others(world) -> None:
    ada, bob = await world.sign_up(), await world.sign_up("bob@example.com")
    await world.delete_account(await world.sign_up("eve@example.com"), PASSWORD)
    assert {line.user_id for line in await lines_of(world, ada)} == {ada.user.id}
    assert {line.user_id for line in await lines_of(world, bob)} == {bob.user.id}


async def test_the_operator_reads_one_users_lines_by_email(world) -> None:
    caller = await world.sign_up()
    await world.sign_up("bob@example.com")
    assert await world.list_events_of("ADA@example.com") == await lines_of(world, caller)
    with pytest.raises(UserNotFound):
        await world.list_events_of("nobody@example.com")


async def test_pages_follow_each_other_without_a_gap_or_a_double(world) -> None:
    caller = await world.sign_up()
    for _ in range(10):
        await world.log_in_again()  # all in one instant
    pages, before = [], None
    while page := await world.list_events(caller, before=before, most=4):
        pages.append(len(page))
        before = page[-1].at
    assert pages == [4, 4, 4]


@pytest.fixture
async def sweeping(world):
    """The task that forgets."""
    task = asyncio.create_task(world.keep_trail.run())
    await world.clock.settle()
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.mark.usefixtures("sweeping")
async def test_lines_are_forgotten_when_their_time_is_over(world) -> None:
    caller = await world.sign_up()
    world.clock.set_by(timedelta(days=179))
    assert len(await lines_of(world, caller)) == 2
    world.clock.set_by(timedelta(days=2))
    assert await lines_of(world, caller) == []
    assert len(world.store.trail) == 2
    world.trail.broken = True
    await world.clock.advance(3600)
    assert len(world.store.trail) == 2
    world.trail.broken = False
    await world.clock.advance(3600)
    assert world.store.trail == []


async def test_nothing_is_kept_where_nothing_is_to_be_kept(make_world) -> None:
    world = make_world(audit_days=0)
    await world.sign_up()
    assert world.store.trail == []


async def test_nobody_is_kept_out_because_the_trail_can_not_be_written(world) -> None:
    world.trail.broken = True
    assert await world.sign_up()


def test_every_kind_has_a_name_of_its_own() -> None:
    assert len({each.kind for each in TOLD.values()}) == len(TOLD)


async def test_a_wrong_password_of_somebody_who_is_signed_in_is_told_once_with_its_count(
    world,
) -> None:
    await world.sign_up()
    caller = await on_phone(world)
    for password in ("wrong horse", "\ud83d"):
        with pytest.raises(WrongCredentials):
            await world.confirm_password(caller, CallersPassword(password))
    (line,) = [one for one in await lines_of(world, caller) if one.kind == "proof_failed"]
    assert (line.by, line.times, dict(line.detail)) == (
        "session Chrome on Android",
        2,
        {"address": "192.0.2.0/24"},
    )
