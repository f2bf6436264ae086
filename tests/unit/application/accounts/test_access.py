from datetime import timedelta

import pytest

from application.accounts.access import AccessPolicy
from domain.errors import AccessTokenInvalid, UserNotFound

HOUR = 3600
SHORT = AccessPolicy(token_lifetime=timedelta(hours=1), login_lifetime=timedelta(minutes=90))


async def test_a_token_names_its_user_and_its_login(world) -> None:
    caller = await world.sign_up()
    claims = caller.claims
    assert (claims.user_id, claims.email) == (caller.user.id, "ada@example.com")
    assert claims.login_at == claims.issued_at == world.clock.now()


async def test_tokens_are_dated_in_whole_seconds(world) -> None:
    await world.clock.advance(0.75)
    claims = (await world.sign_up()).claims
    assert claims.issued_at.microsecond == claims.expires_at.microsecond == 0


async def test_a_token_lives_for_an_hour_by_default(make_world) -> None:
    world = make_world(access_policy=AccessPolicy())
    await world.sign_up()
    token = await world.token()
    await world.clock.advance(HOUR - 1)
    await world.check_access(token)
    await world.clock.advance(1)
    with pytest.raises(AccessTokenInvalid):
        await world.check_access(token)


async def test_a_token_that_nobody_issued_is_invalid(world) -> None:
    with pytest.raises(AccessTokenInvalid):
        await world.check_access("made up")


async def test_a_good_token_of_an_erased_account_says_so(world) -> None:
    caller = await world.sign_up()
    token = await world.token()
    await world.users.remove(caller.user.id)
    with pytest.raises(UserNotFound):
        await world.check_access(token)


async def test_a_renewed_token_is_another_one_of_the_same_login(make_world) -> None:
    world = make_world(access_policy=AccessPolicy())
    caller = await world.sign_up()
    await world.clock.advance(HOUR / 2)
    renewed = (await world.check_access(await world.renew_token(caller))).claims
    assert (renewed.login_id, renewed.login_at) == (caller.claims.login_id, caller.claims.login_at)
    assert renewed.token_id != caller.claims.token_id
    assert renewed.expires_at == world.clock.now() + timedelta(hours=1)


async def test_no_token_outlives_its_login(make_world) -> None:
    world = make_world(access_policy=SHORT)
    caller = await world.sign_up()
    await world.clock.advance(HOUR)
    renewed = (await world.check_access(await world.renew_token(caller))).claims
    assert renewed.expires_at == caller.claims.login_at + timedelta(minutes=90)


async def test_a_login_that_is_too_old_is_not_renewed(make_world) -> None:
    world = make_world(access_policy=SHORT)
    caller = await world.sign_up()
    await world.clock.advance(1.5 * HOUR)
    with pytest.raises(AccessTokenInvalid):
        await world.renew_token(caller)


async def test_logging_out_ends_every_token_of_that_login_and_no_other(world) -> None:
    caller = await world.sign_up()
    renewed = await world.renew_token(caller)
    other = await world.token()
    await world.log_out(caller)
    with pytest.raises(AccessTokenInvalid):
        await world.check_access(renewed)
    assert (await world.check_access(other)).user == caller.user


async def test_an_ended_login_is_remembered_for_as_long_as_it_could_be_renewed(make_world) -> None:
    world = make_world(access_policy=SHORT)
    caller = await world.sign_up()
    await world.log_out(caller)
    ended = world.store.ended_logins[caller.claims.login_id]
    assert ended.until == caller.claims.login_at + timedelta(minutes=90)
