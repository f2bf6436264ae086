"""What operators see of what happens: counts, and lines in the log."""

from contextlib import suppress

import pytest

from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.sessions.log_in import Credentials
from domain.errors import WrongCredentials
from tests.unit.application.conftest import PASSWORD


@pytest.fixture(autouse=True)
def listen_to_everything(caplog) -> None:
    caplog.set_level("INFO")


async def test_events_are_counted_by_kind(world) -> None:
    caller = await world.resident()
    with suppress(WrongCredentials):
        await world.log_in(Credentials(email="ada@example.com", password="wrong"))
    await world.unlink_emporia(caller)
    await world.log_out(caller)
    await world.delete_account(caller, CallersPassword(PASSWORD))
    assert world.event_counts.counts == {
        "UserRegistered": 1,
        "SignedIn": 1,
        "SignInRefused": 1,
        "LinkMade": 1,
        "LinkRemoved": 1,
        "LoginEnded": 1,
        "UserRemoved": 1,
    }


async def test_samples_are_counted_as_they_are_taken(world) -> None:
    caller = await world.resident()
    await world.read_instant(world.now_query(caller))
    assert world.event_counts.counts["SampleTaken"] == 1


async def test_sign_ins_are_logged_by_id_and_never_by_email(world, caplog) -> None:
    caller = await world.sign_up()
    for email in ("ada@example.com", "nobody@example.com"):
        with pytest.raises(WrongCredentials):
            await world.log_in(Credentials(email=email, password="wrong"))
    assert caplog.messages == [
        f"user {caller.user.id} signed in",
        f"a sign-in as {caller.user.id} was refused",
        "a sign-in as nobody we know was refused",
    ]
    assert "@" not in caplog.text


async def test_links_are_logged_as_they_come_and_go(world, caplog) -> None:
    caller = await world.resident()
    await world.unlink_emporia(caller)
    assert caplog.messages[1:] == [
        f"user {caller.user.id} linked account 42",
        f"user {caller.user.id} unlinked their account",
    ]
