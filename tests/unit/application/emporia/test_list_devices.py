import asyncio

import pytest

from domain.errors import EmporiaUnavailable, LinkDead, NotLinked


async def test_the_customer_object_is_handed_on_as_it_is(world) -> None:
    caller = await world.resident()
    listed = await world.list_devices(caller)
    assert listed.document == {"customerGid": 42, "devices": [{"deviceGid": 1000}]}


async def test_without_a_link_there_are_no_devices(world) -> None:
    with pytest.raises(NotLinked):
        await world.list_devices(await world.sign_up())


async def test_a_dead_link_has_to_be_renewed(world) -> None:
    caller = await world.resident()
    await world.links.replace_tokens((await world.link_of(caller)).with_tokens(None))
    with pytest.raises(LinkDead):
        await world.list_devices(caller)


async def test_a_list_is_asked_for_once_a_minute_at_most(world) -> None:
    caller = await world.resident()
    await world.clock.advance(59)
    await world.list_devices(caller)
    assert world.cloud.requests("customer") == 1
    await world.clock.advance(1)
    await world.list_devices(caller)
    assert world.cloud.requests("customer") == 2


async def test_callers_at_the_same_time_share_a_request(world) -> None:
    caller = await world.resident()
    await world.clock.advance(60)
    await asyncio.gather(*(world.list_devices(caller) for _ in range(5)))
    assert world.cloud.requests("customer") == 2


async def test_users_of_one_account_share_its_list(world) -> None:
    await world.list_devices(await world.resident("ada@example.com"))
    await world.list_devices(await world.resident("bob@example.com"))
    assert world.cloud.requests("customer") == 1


async def test_the_link_that_dies_takes_nobody_elses_request_down(world) -> None:
    ada = await world.resident("ada@example.com", "ada@emporia.example")
    bob = await world.resident("bob@example.com", "bob@emporia.example")
    await world.clock.advance(3600)
    world.pool.revoked.add((await world.link_of(ada)).tokens.refresh_token)
    outcomes = await asyncio.gather(
        world.list_devices(ada), world.list_devices(bob), return_exceptions=True
    )
    refused, listed = outcomes
    assert isinstance(refused, LinkDead)
    assert not isinstance(listed, BaseException)
    assert listed.account == 42


async def test_an_old_list_is_no_answer_to_who_asks_while_the_cloud_is_down(world) -> None:
    caller = await world.resident()
    await world.clock.advance(60)
    world.cloud.failure = EmporiaUnavailable(retry_after_seconds=30)
    with pytest.raises(EmporiaUnavailable):
        await world.list_devices(caller)
