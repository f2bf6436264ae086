"""What an operator does with other people's accounts."""

import pytest

from application.accounts.passwords.reset_password import PasswordReset
from application.accounts.sessions.log_in import Credentials
from domain.errors import AccessTokenInvalid, InvalidInput, UserNotFound, WrongCredentials

NEW = "a newer horse"


async def reset(world, email: str = "ada@example.com", password: str = NEW) -> None:
    """Reset the password, a moment after whatever was before."""
    await world.clock.advance(0.001)
    await world.reset_password(PasswordReset(email=email, password=password))


async def test_users_are_listed_oldest_first(world) -> None:
    ada = await world.sign_up("ada@example.com")
    await world.clock.advance(1)
    bob = await world.sign_up("bob@example.com")
    assert await world.list_users() == [ada.user, bob.user]


async def test_a_removed_user_is_gone_with_their_streams(world) -> None:
    caller = await world.resident()
    stream = await world.open(caller)
    await world.remove_user("ADA@example.com")
    assert await world.list_users() == []
    assert stream.outlet.has_ended
    assert world.event_counts.counts["UserRemoved"] == 1


@pytest.mark.parametrize("email", ["nobody@example.com", "bob@example.com"])
async def test_nobody_can_be_removed_or_reset_who_is_not_there(world, email: str) -> None:
    await world.sign_up()
    with pytest.raises(UserNotFound):
        await world.remove_user(email)
    with pytest.raises(UserNotFound):
        await world.reset_password(PasswordReset(email=email, password=NEW))
    assert world.passwords.hashes_made == 1


async def test_a_reset_password_is_the_only_one_that_fits(world) -> None:
    await world.sign_up()
    await reset(world)
    with pytest.raises(WrongCredentials):
        await world.token()
    assert await world.log_in(Credentials(email="ada@example.com", password=NEW))


async def test_a_reset_password_ends_every_login_from_before_and_none_from_after(world) -> None:
    await world.sign_up()
    before = await world.token()
    others = await world.sign_up("bob@example.com")
    await world.clock.advance(0.25)
    await world.reset_password(PasswordReset(email="ada@example.com", password=NEW))
    after = await world.log_in(Credentials(email="ada@example.com", password=NEW))

    with pytest.raises(AccessTokenInvalid):
        await world.check_access(before)
    assert (await world.check_access(after)).user.email.value == "ada@example.com"
    assert await world.check_access.caller(others.claims)


async def test_a_login_that_was_under_way_with_the_old_password_ends_too(world) -> None:
    await world.sign_up()
    verify = world.passwords.verify

    async def slow_verify(password, password_hash, **named):
        fits = await verify(password, password_hash, **named)
        await reset(world)
        return fits

    world.passwords.verify = slow_verify
    token = await world.token()
    with pytest.raises(AccessTokenInvalid):
        await world.check_access(token)


async def test_a_login_can_not_be_renewed_past_a_reset(world) -> None:
    caller = await world.sign_up()
    renewed = await world.renew_token(caller)
    await reset(world)
    with pytest.raises(AccessTokenInvalid):
        await world.check_access(renewed)


async def test_a_new_password_is_held_to_the_rules(world) -> None:
    await world.sign_up()
    with pytest.raises(InvalidInput):
        await world.reset_password(PasswordReset(email="ada@example.com", password="short"))
    assert await world.token()


def test_a_new_password_never_shows() -> None:
    assert NEW not in repr(PasswordReset(email="ada@example.com", password=NEW))
