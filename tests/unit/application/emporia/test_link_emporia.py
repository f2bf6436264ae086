from contextlib import suppress
from datetime import timedelta

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from application.emporia.link_emporia import LinkRequest
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.links import AccountId
from domain.errors import (
    EmporiaRefusedCredentials,
    EmporiaThrottled,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
    NotLinked,
    UserNotFound,
)

OTHER_HOME = AccountId(77)
EMPORIA_PASSWORD = "emporia-password"


def request(caller, *, password: str = EMPORIA_PASSWORD) -> LinkRequest:
    return LinkRequest(
        caller=caller, emporia_username=" home@example.com ", emporia_password=password
    )


async def test_a_link_keeps_the_account_and_the_tokens_but_no_password(world) -> None:
    caller = await world.sign_up()
    await world.link_emporia(request(caller))
    link = await world.link_of(caller)
    assert (link.account, link.emporia_username) == (HOME, "home@example.com")
    assert link.tokens.id_token == "id-home@example.com-1"
    assert EMPORIA_PASSWORD not in str(world.store)


async def test_refused_credentials_leave_what_was_linked_before(world) -> None:
    caller = await world.resident()
    before = await world.link_of(caller)
    with pytest.raises(EmporiaRefusedCredentials):
        await world.link_emporia(request(caller, password="wrong"))
    assert await world.link_of(caller) == before


@pytest.mark.parametrize("failure", [EmporiaUnavailable(), EmporiaTimedOut()])
async def test_an_outage_leaves_what_was_linked_before_and_is_told_as_one(world, failure) -> None:
    caller = await world.resident()
    before = await world.link_of(caller)
    world.pool.failure = failure
    with pytest.raises(type(failure)):
        await world.link_emporia(request(caller))
    assert await world.link_of(caller) == before


async def test_a_fresh_token_that_is_refused_is_an_outage_not_a_wrong_password(world) -> None:
    caller = await world.sign_up()
    world.cloud.failures.append(EmporiaTokenRefused())
    with pytest.raises(EmporiaUnavailable):
        await world.link_emporia(request(caller))
    with pytest.raises(NotLinked):
        await world.list_devices(caller)


@pytest.mark.parametrize(
    "failure",
    [EmporiaUnavailable(), EmporiaTimedOut(), EmporiaUnreadable(), EmporiaTokenRefused()],
    ids=lambda failure: type(failure).__name__,
)
async def test_an_hour_of_tries_to_link_in_an_outage_asks_for_devices_forty_times_at_most(
    world, failure
) -> None:
    caller = await world.sign_up()
    world.pool.passwords["home@example.com"] = EMPORIA_PASSWORD
    world.cloud.failure = failure
    told = EmporiaUnavailable if isinstance(failure, EmporiaTokenRefused) else type(failure)
    for _ in range(720):
        with pytest.raises(told) as outage:
            await world.link_emporia(request(caller))
        assert (outage.value.retry_after_seconds or 0) > 0
        await world.clock.advance(5)
    assert 20 <= world.cloud.requests("customer") <= 40
    world.cloud.failure = None
    await world.clock.advance(120)
    await world.link_emporia(request(caller))
    assert (await world.link_of(caller)).account == HOME


async def test_who_links_in_an_outage_of_the_cloud_is_told_at_once(world) -> None:
    link = await world.link_of(await world.resident())
    newcomer = await world.sign_up("new@example.com")
    world.cloud.failure = EmporiaUnavailable()
    for _ in range(20):
        with pytest.raises(EmporiaUnavailable):
            await world.calls(link, Purpose.STREAM, world.cloud.customer)
        await world.clock.advance(120)
    with pytest.raises(EmporiaUnavailable):
        await world.calls(link, Purpose.STREAM, world.cloud.customer)
    world.cloud.calls.clear()
    with pytest.raises(EmporiaUnavailable):
        await world.link(newcomer, "cabin@example.com", account=OTHER_HOME)
    assert world.cloud.calls == []


@pytest.mark.parametrize("answer", [None, EmporiaThrottled(), EmporiaTokenRefused()])
async def test_a_first_link_that_the_cloud_answers_tells_everybody_that_it_is_back(
    world, answer
) -> None:
    link = await world.link_of(await world.resident())
    newcomer = await world.sign_up("new@example.com")
    world.cloud.failure = EmporiaUnavailable()
    for _ in range(20):
        with pytest.raises(EmporiaUnavailable):
            await world.calls(link, Purpose.STREAM, world.cloud.customer)
        await world.clock.advance(120)
    world.cloud.failure = None
    world.cloud.failures.extend([answer] if answer else [])
    with suppress(EmporiaUnavailable):
        await world.link(newcomer, "cabin@example.com", account=OTHER_HOME)
    assert (await world.calls(link, Purpose.STREAM, world.cloud.customer)).account == HOME


async def test_one_person_who_tries_to_link_in_vain_closes_nobody_elses_door(world) -> None:
    newcomer = await world.sign_up("new@example.com")
    link = await world.link_of(await world.resident())
    for _ in range(30):
        world.cloud.failures.append(EmporiaUnavailable())
        with pytest.raises(EmporiaUnavailable):
            await world.link(newcomer, "cabin@example.com", account=OTHER_HOME)
        await world.clock.advance(120)
    assert (await world.calls(link, Purpose.STREAM, world.cloud.customer)).account == HOME


async def test_whoever_leaves_while_linking_is_not_found(world) -> None:
    caller = await world.sign_up()
    await world.users.remove(caller.user.id)
    with pytest.raises(UserNotFound):
        await world.link_emporia(request(caller))


async def test_the_request_that_finds_the_account_counts_against_its_budget(make_world) -> None:
    world = make_world(daily_requests=100)
    await world.resident()
    slots = await world.ledger.slots(HOME, since=world.clock.now() - timedelta(hours=1))
    assert [slot.requests for slot in slots] == [1]


async def test_linking_the_same_account_again_asks_the_device_api_nothing(world) -> None:
    caller = await world.resident()
    await world.link(caller)
    assert world.cloud.requests("customer") == 1


async def test_linking_the_same_account_again_revives_a_dead_link(world) -> None:
    caller = await world.resident()
    await world.links.replace_tokens((await world.link_of(caller)).with_tokens(None))
    await world.link(caller)
    assert not (await world.link_of(caller)).is_dead


async def test_another_account_takes_the_place_of_the_first(world) -> None:
    caller = await world.resident()
    await world.link(caller, "cabin@example.com", account=OTHER_HOME)
    assert (await world.link_of(caller)).account == OTHER_HOME
    assert await world.links.of_account(HOME) == []


async def test_unlinking_erases_the_tokens(world) -> None:
    caller = await world.resident()
    await world.unlink_emporia(caller)
    assert not world.store.links
    with pytest.raises(NotLinked):
        await world.list_devices(caller)


async def test_unlinking_without_a_link_does_nothing(world) -> None:
    await world.unlink_emporia(await world.sign_up())


def test_the_emporia_password_never_shows() -> None:
    assert EMPORIA_PASSWORD not in repr(request(None))
