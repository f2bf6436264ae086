"""The gateway does not guess Emporia's passwords, nor let Emporia lock an account."""

import asyncio
from collections import Counter

import pytest

from application.emporia.link_emporia import LinkRequest
from domain.errors import (
    EmporiaPasswordResetRequired,
    EmporiaRefusedCredentials,
    EmporiaSignInPaused,
    EmporiaUnavailable,
    EmporiaUserNotConfirmed,
    InvalidInput,
    PasswordsBusy,
)

OWNER, PASSWORD, WRONG = "home@example.com", "emporia-password", "wrong"


def request(caller, *, username: str = OWNER, password: str = WRONG) -> LinkRequest:
    return LinkRequest(caller=caller, emporia_username=username, emporia_password=password)


async def refused(world, caller, *, times: int = 3, username: str = OWNER) -> None:
    for _ in range(times):
        with pytest.raises(EmporiaRefusedCredentials):
            await world.link_emporia(request(caller, username=username))


async def test_after_three_refusals_of_a_name_emporia_is_asked_no_more(world) -> None:
    await refused(world, await world.sign_up("ada@example.com"))
    bob = await world.sign_up("bob@example.com")

    for username in (OWNER, f" {OWNER.upper()} "):
        with pytest.raises(EmporiaSignInPaused) as refusal:
            await world.link_emporia(request(bob, username=username, password=PASSWORD))
        assert refusal.value.retry_after_seconds == 60

    assert world.pool.sign_ins == 3


async def test_after_three_refusals_of_a_user_emporia_is_asked_no_more(world) -> None:
    ada = await world.sign_up()
    for number in range(3):
        await refused(world, ada, times=1, username=f"victim{number}@example.com")

    with pytest.raises(EmporiaSignInPaused):
        await world.link_emporia(request(ada, password=PASSWORD))

    assert world.pool.sign_ins == 3


async def test_many_guesses_at_once_are_three(world) -> None:
    ada = await world.sign_up()

    outcomes = await asyncio.gather(
        *(world.link_emporia(request(ada)) for _ in range(60)), return_exceptions=True
    )

    assert world.pool.sign_ins == 3
    kinds = Counter(map(type, outcomes))
    assert kinds[EmporiaRefusedCredentials] == 3
    assert kinds[EmporiaSignInPaused] + kinds[PasswordsBusy] == 57


async def test_the_pause_grows_and_ends(world) -> None:
    ada = await world.sign_up()
    await refused(world, ada)
    for pause in (60, 120, 240):
        with pytest.raises(EmporiaSignInPaused) as refusal:
            await world.link_emporia(request(ada))
        assert refusal.value.retry_after_seconds == pause
        await world.clock.advance(pause)
        await refused(world, ada, times=1)
    await world.clock.advance(480)

    await world.link_emporia(request(ada, password=PASSWORD))


async def test_the_owner_of_a_link_can_renew_it_whatever_others_guess(world) -> None:
    owner = await world.resident("ada@example.com")
    await refused(world, await world.sign_up("bob@example.com"))

    await world.link_emporia(request(owner, password=PASSWORD))


@pytest.mark.parametrize("failure", [EmporiaPasswordResetRequired(), EmporiaUserNotConfirmed()])
async def test_other_refusals_count_as_well(world, failure) -> None:
    ada = await world.sign_up()
    world.pool.failure = failure
    for _ in range(3):
        with pytest.raises(type(failure)):
            await world.link_emporia(request(ada))

    with pytest.raises(EmporiaSignInPaused):
        await world.link_emporia(request(ada))


async def test_an_outage_is_no_refusal(world) -> None:
    ada = await world.sign_up()
    world.pool.failure = EmporiaUnavailable()
    for _ in range(10):
        with pytest.raises(EmporiaUnavailable):
            await world.link_emporia(request(ada))
    world.pool.failure = None

    await world.link_emporia(request(ada, password=PASSWORD))


@pytest.mark.parametrize(
    ("username", "password", "named"),
    [("x" * 255, "short", "emporiaUsername"), (OWNER, "x" * 1025, "emporiaPassword")],
)
async def test_what_is_too_long_is_refused_before_emporia_is_asked(
    world, username, password, named
) -> None:
    ada = await world.sign_up()

    with pytest.raises(InvalidInput, match=f"^{named}: longer than"):
        await world.link_emporia(request(ada, username=username, password=password))

    assert world.pool.sign_ins == 0
