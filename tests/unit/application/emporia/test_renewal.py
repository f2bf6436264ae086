"""A link whose password is kept renews itself, and never guesses."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from application.emporia.link_emporia import LinkRequest
from domain.emporia.errors import PasswordNotKept
from domain.errors import (
    EmporiaClockDiffers,
    EmporiaPasswordResetRequired,
    EmporiaRefusedCredentials,
    EmporiaTimedOut,
    EmporiaUnavailable,
    EmporiaUnreadable,
    EmporiaUserNotConfirmed,
    LinkDead,
    NotLinked,
)
from tests.unit.application.conftest import EMPORIA_PASSWORD, OWNER

HOUR, DAY = 3600, 86_400


@pytest.fixture
async def world(make_world):
    return make_world(may_keep_passwords=True)


async def keeper(world):
    """Somebody who lets their password be kept."""
    caller = await world.sign_up()
    await world.link(caller, keep_password=True)
    return caller


async def with_refused_token(world):
    """The same, an hour later, when Emporia takes the refresh token no more."""
    caller = await keeper(world)
    link = await world.link_of(caller)
    world.pool.revoked.add(link.tokens.refresh_token)
    await world.clock.advance(HOUR)
    return caller, link


def kinds(world) -> list[str]:
    return [line.kind for line in world.store.trail]


async def test_a_password_is_kept_only_where_both_want_it(make_world) -> None:
    world = make_world()
    with pytest.raises(PasswordNotKept):
        await keeper(world)
    assert (world.pool.sign_ins, world.store.links) == (0, {})


async def test_a_kept_password_is_in_no_link_and_no_line(world, caplog) -> None:
    caller = await keeper(world)
    link = await world.link_of(caller)
    assert link.keeps_password
    assert world.store.emporia_passwords == {caller.user.id: EMPORIA_PASSWORD}
    assert EMPORIA_PASSWORD not in f"{link} {world.store.trail} {caplog.text}"
    assert kinds(world)[-2:] == ["link_made", "emporia_password_kept"]


async def test_a_refused_refresh_token_is_renewed_by_one_sign_in(world, caplog) -> None:
    caller, old = await with_refused_token(world)
    caplog.set_level("INFO")
    every = await asyncio.gather(*(world.sessions.tokens(old) for _ in range(5)))
    renewed = await world.link_of(caller)
    assert world.pool.sign_ins == 2
    assert every == [renewed.tokens] * 5
    assert renewed.signed_in_at == world.clock.now()
    assert (renewed.linked_at, renewed.keeps_password) == (old.linked_at, True)
    assert kinds(world)[-1] == "link_renewed"
    assert "was renewed by the kept password" in caplog.text
    assert EMPORIA_PASSWORD not in caplog.text


@pytest.mark.parametrize(
    "refusal",
    [EmporiaRefusedCredentials(), EmporiaPasswordResetRequired(), EmporiaUserNotConfirmed()],
)
async def test_a_refused_password_is_forgotten_at_once_and_the_link_dies(world, refusal) -> None:
    caller, _ = await with_refused_token(world)
    world.pool.sign_in_failure = refusal
    for _ in range(3):
        with pytest.raises(LinkDead):
            await world.sessions.tokens(await world.link_of(caller))
    assert world.pool.sign_ins == 2
    assert world.store.emporia_passwords == {}
    assert (await world.link_of(caller)).is_dead
    assert kinds(world)[-2:] == ["emporia_password_forgotten", "link_died"]


async def test_without_a_kept_password_a_link_dies_as_ever(world) -> None:
    caller = await world.resident()
    link = await world.link_of(caller)
    world.pool.revoked.add(link.tokens.refresh_token)
    with pytest.raises(LinkDead):
        await world.sessions.renew(link)
    assert world.pool.sign_ins == 1
    assert "emporia_password_forgotten" not in kinds(world)


async def test_a_name_that_has_become_somebody_elses_is_not_taken_for_the_account(
    world,
) -> None:
    _, link = await with_refused_token(world)
    world.pool.subjects[OWNER] = "another"
    with pytest.raises(LinkDead):
        await world.sessions.tokens(link)
    assert world.store.emporia_passwords == {}


@pytest.mark.parametrize(
    "failure",
    [
        EmporiaUnavailable(),
        EmporiaTimedOut(),
        EmporiaUnreadable(),
        EmporiaClockDiffers(ahead_seconds=600),
    ],
)
async def test_an_outage_is_no_refusal_and_keeps_the_password(world, failure) -> None:
    caller, link = await with_refused_token(world)
    world.pool.sign_in_failure = failure
    with pytest.raises((EmporiaUnavailable, EmporiaTimedOut, EmporiaUnreadable)):
        await world.sessions.tokens(link)
    assert not (await world.link_of(caller)).is_dead
    world.pool.sign_in_failure = None
    await world.clock.advance(60)
    assert await world.sessions.renew(link)
    assert (await world.link_of(caller)).keeps_password


async def test_tries_in_an_outage_become_ever_more_seldom(world) -> None:
    _, link = await with_refused_token(world)
    world.pool.sign_in_failure = EmporiaUnavailable()
    for _ in range(HOUR // 5):
        with pytest.raises(EmporiaUnavailable):
            await world.sessions.renew(link)
        await world.clock.advance(5)
    assert 20 <= world.pool.sign_ins <= 41


async def test_a_user_who_guesses_wrong_passwords_pauses_renewals_too(world) -> None:
    caller, link = await with_refused_token(world)
    for _ in range(3):
        with pytest.raises(EmporiaRefusedCredentials):
            await world.link_emporia(
                LinkRequest(caller=caller, emporia_username=OWNER, emporia_password="wrong")
            )
    sign_ins = world.pool.sign_ins
    with pytest.raises(EmporiaUnavailable):
        await world.sessions.tokens(link)
    assert world.pool.sign_ins == sign_ins
    assert (await world.link_of(caller)).keeps_password


async def near_its_end(world):
    """A link that keeps its password, whose last five days have just begun."""
    caller = await keeper(world)
    await world.clock.advance(25 * DAY)
    return caller, await world.link_of(caller)


async def test_in_the_last_five_days_a_refresh_is_a_sign_in_and_the_life_begins_anew(world) -> None:
    caller, link = await near_its_end(world)
    await world.sessions.renew(link)
    renewed = await world.link_of(caller)
    assert (world.pool.sign_ins, world.pool.refreshes) == (2, 0)
    assert renewed.signed_in_at == world.clock.now()
    await world.sessions.renew(renewed)
    assert (world.pool.sign_ins, world.pool.refreshes) == (2, 1)


async def test_before_the_last_five_days_a_refresh_is_a_refresh(world) -> None:
    caller = await keeper(world)
    await world.clock.advance(25 * DAY - 1)
    await world.sessions.renew(await world.link_of(caller))
    assert (world.pool.sign_ins, world.pool.refreshes) == (1, 1)


async def test_a_password_refused_in_the_last_days_is_forgotten_and_the_link_lives_on(
    world,
) -> None:
    caller, link = await near_its_end(world)
    world.pool.passwords[OWNER] = "a newer password"
    await world.sessions.renew(link)
    link = await world.link_of(caller)
    assert (link.is_dead, link.keeps_password) == (False, False)
    assert (world.pool.sign_ins, world.pool.refreshes) == (2, 1)
    assert link.signed_in_at == world.clock.now() - timedelta(days=25)


@pytest.mark.parametrize("revoked", [False, True])
async def test_an_outage_in_the_last_days_costs_one_try_and_leaves_the_refresh_token(
    world, revoked
) -> None:
    caller, link = await near_its_end(world)
    world.pool.revoked |= {link.tokens.refresh_token} if revoked else set()
    world.pool.sign_in_failure = EmporiaUnavailable()
    if revoked:
        with pytest.raises(EmporiaUnavailable):
            await world.sessions.renew(link)
    else:
        assert await world.sessions.renew(link)
    assert (world.pool.sign_ins, world.pool.refreshes) == (2, 1)
    assert (await world.link_of(caller)).keeps_password


async def test_a_password_of_before_is_not_used_where_none_may_be_kept(make_world) -> None:
    world = make_world()
    caller = await world.resident()
    link = replace(await world.link_of(caller), keeps_password=True)
    await world.links.save(link, password=EMPORIA_PASSWORD)
    world.pool.revoked.add(link.tokens.refresh_token)
    with pytest.raises(LinkDead):
        await world.sessions.renew(link)
    assert world.pool.sign_ins == 1


async def test_linking_anew_without_it_forgets_the_password(world) -> None:
    caller = await keeper(world)
    wiped = world.erased_data.wipes
    running = asyncio.create_task(world.wipe_erased.run())
    await world.link(caller)
    await world.clock.settle()
    running.cancel()
    assert (await world.link_of(caller)).keeps_password is False
    assert world.store.emporia_passwords == {}
    assert world.erased_data.wipes > wiped


@pytest.mark.parametrize("way", ["unlink", "leave"])
async def test_no_password_outlives_its_link_or_user(world, way) -> None:
    caller = await keeper(world)
    if way == "unlink":
        await world.unlink_emporia(caller)
    else:
        await world.users.remove(caller.user.id)
    assert world.store.emporia_passwords == {}


@pytest.mark.parametrize("refused", [False, True])
async def test_unlinking_during_a_renewal_resurrects_nothing(world, refused) -> None:
    caller, link = await with_refused_token(world)
    world.pool.sign_in_seconds = 1
    world.pool.passwords[OWNER] = "another" if refused else EMPORIA_PASSWORD
    renewal = asyncio.create_task(world.sessions.renew(link))
    await world.clock.settle()
    await world.unlink_emporia(caller)
    await world.clock.advance(1)
    with pytest.raises(LinkDead if refused else NotLinked):
        await renewal
    assert (world.store.links, world.store.emporia_passwords) == ({}, {})
    assert "emporia_password_forgotten" not in kinds(world)
