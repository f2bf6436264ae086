import asyncio
from datetime import timedelta

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from domain.emporia.cloud.budget_shares import Purpose
from domain.errors import (
    BudgetSpent,
    EmporiaRefusedRequest,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    LinkDead,
)


@pytest.fixture
async def link(world):
    """A live link; the cloud's calls are counted from here on."""
    link = await world.link_of(await world.resident())
    world.cloud.calls.clear()
    return link


async def ask(world, link, purpose: Purpose = Purpose.READ):
    return await world.calls(link, purpose, world.cloud.customer)


async def test_an_answer_takes_one_request(world, link) -> None:
    assert (await ask(world, link)).account == HOME
    assert world.cloud.requests("customer") == 1


async def test_a_refused_token_is_refreshed_and_asked_with_again(world, link) -> None:
    world.cloud.failures.append(EmporiaTokenRefused())
    await ask(world, link)
    assert world.pool.refreshes == 1
    assert world.cloud.requests("customer") == 2


async def test_a_second_refusal_after_a_refresh_is_an_outage_not_a_death(world, link) -> None:
    world.cloud.failures.extend([EmporiaTokenRefused(), EmporiaTokenRefused()])
    with pytest.raises(EmporiaUnavailable):
        await ask(world, link, Purpose.STREAM)
    assert not (await world.links.of_user(link.user_id)).is_dead


async def test_a_refused_token_and_a_refused_refresh_is_the_death_of_the_link(world, link) -> None:
    world.pool.revoked.add(link.tokens.refresh_token)
    world.cloud.failures.append(EmporiaTokenRefused())
    with pytest.raises(LinkDead):
        await ask(world, link)
    assert world.cloud.requests("customer") == 1


async def test_a_read_is_tried_three_times_with_growing_pauses(world, link) -> None:
    world.cloud.failure = EmporiaUnavailable()
    read = asyncio.create_task(ask(world, link))
    await world.clock.advance(10)
    with pytest.raises(EmporiaUnavailable):
        await read
    first, second, third = (at for _, at in world.cloud.calls)
    assert (second - first, third - second) == (
        timedelta(seconds=0.25),
        timedelta(seconds=0.975),
    )


async def test_a_read_succeeds_when_the_cloud_comes_back_in_time(world, link) -> None:
    world.cloud.failures.append(EmporiaUnavailable())
    read = asyncio.create_task(ask(world, link))
    await world.clock.advance(0.25)
    assert (await read).account == HOME


@pytest.mark.parametrize("failure", [EmporiaRefusedRequest(), EmporiaTimedOut()])
async def test_other_failures_are_not_tried_again(world, link, failure) -> None:
    world.cloud.failure = failure
    with pytest.raises(type(failure)):
        await ask(world, link)
    assert world.cloud.requests("customer") == 1


async def test_a_streams_request_is_not_tried_again(world, link) -> None:
    world.cloud.failure = EmporiaUnavailable()
    with pytest.raises(EmporiaUnavailable):
        await ask(world, link, Purpose.STREAM)
    assert world.cloud.requests("customer") == 1


async def test_a_short_retry_after_is_waited_for(world, link) -> None:
    world.cloud.failures.append(EmporiaUnavailable(retry_after_seconds=2))
    read = asyncio.create_task(ask(world, link))
    await world.clock.advance(2)
    assert (await read).account == HOME


async def test_a_long_retry_after_is_told_at_once(world, link) -> None:
    world.cloud.failures.append(EmporiaUnavailable(retry_after_seconds=30))
    with pytest.raises(EmporiaUnavailable) as failure:
        await ask(world, link)
    assert failure.value.retry_after_seconds == 30


async def test_no_request_of_the_account_leaves_before_retry_after_is_over(world, link) -> None:
    world.cloud.failures.append(EmporiaUnavailable(retry_after_seconds=30))
    with pytest.raises(EmporiaUnavailable):
        await ask(world, link, Purpose.STREAM)
    await world.clock.advance(20)
    with pytest.raises(EmporiaUnavailable) as failure:
        await ask(world, link)
    assert failure.value.retry_after_seconds == 10
    assert world.cloud.requests("customer") == 1
    await world.clock.advance(10)
    await ask(world, link)
    assert world.cloud.requests("customer") == 2


async def test_every_request_counts_retries_included(make_world) -> None:
    world = make_world(daily_requests=4)
    link = await world.link_of(await world.resident())
    world.cloud.failures.extend([EmporiaTokenRefused(), None])
    await ask(world, link)
    await ask(world, link)
    with pytest.raises(BudgetSpent):
        await ask(world, link)
    assert world.cloud.requests("customer") == 4


async def test_a_refused_token_that_was_just_refreshed_is_refreshed_once_more(world, link) -> None:
    await world.clock.advance(3600)
    world.cloud.failures.append(EmporiaTokenRefused())
    await ask(world, link)
    assert world.pool.refreshes == 2
