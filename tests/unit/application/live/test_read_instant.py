import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.fake.clock import ManualClock
from adapters.fake.emporia.emporia_gateway import HOME
from adapters.fake.emporia.emporia_links import InMemoryEmporiaLinkRepository
from application.live.feed.subscription import FeedKey
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.links import AccountId, EmporiaLink
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import (
    BudgetSpent,
    EmporiaRefusedRequest,
    EmporiaUnavailable,
    EmporiaUnreadable,
    InvalidInput,
    LinkDead,
    NotLinked,
)


class StaleLinks(InMemoryEmporiaLinkRepository):
    """Lists the links of an account as they were once seen."""

    seen: Sequence[EmporiaLink]

    async def of_account(self, _: AccountId) -> Sequence[EmporiaLink]:
        return self.seen


async def test_now_is_polled_when_no_sample_is_known(world) -> None:
    caller = await world.resident()
    usages = (await world.read_instant(world.now_query(caller))).content
    assert usages["scale"] == "1MIN"
    assert [device["deviceGid"] for device in usages["devices"]] == [1000]


async def test_now_is_answered_from_the_sample_while_it_is_fresh(world) -> None:
    caller = await world.resident()
    first = await world.read_instant(world.now_query(caller))
    await world.clock.advance(2.9)
    assert await world.read_instant(world.now_query(caller)) is first
    await world.clock.advance(0.1)
    assert await world.read_instant(world.now_query(caller)) is not first
    assert world.cloud.requests("usages") == 2


async def test_a_sample_stays_fresh_until_a_newer_one_is_to_be_expected(make_world) -> None:
    world = make_world(daily_requests=2000)
    caller = await world.resident()
    first = await world.read_instant(world.now_query(caller))
    await world.clock.advance(60)
    assert await world.read_instant(world.now_query(caller)) is first
    await world.clock.advance(2)
    assert await world.read_instant(world.now_query(caller)) is not first


async def test_a_sample_stays_fresh_for_as_long_as_the_budgets_pace(make_world) -> None:
    world = make_world(daily_requests=40)
    caller = await world.resident()
    for _ in range(25):
        await world.budgets.record((await world.link_of(caller)).account)
    first = await world.read_instant(world.now_query(caller))
    await world.clock.advance(3000)
    assert await world.read_instant(world.now_query(caller)) is first


async def test_callers_at_the_same_time_share_a_poll(world) -> None:
    ada = await world.resident("ada@example.com", "ada@emporia.example")
    bob = await world.resident("bob@example.com", "bob@emporia.example")
    world.cloud.answer_seconds = 1
    reads = asyncio.gather(
        *(world.read_instant(world.now_query(caller)) for caller in (ada, bob, ada))
    )
    await world.clock.advance(1)
    assert len({id(usages) for usages in await reads}) == 1
    assert world.cloud.requests("usages") == 1


@pytest.mark.parametrize("minutes", [-1, 1])
async def test_now_is_within_a_minute_of_the_clock(world, minutes) -> None:
    caller = await world.resident()
    now = world.now_query(caller)
    sample = await world.read_instant(now)
    instant = world.clock.now() + timedelta(minutes=minutes)
    assert await world.read_instant(replace(now, instant=instant)) is sample


@pytest.mark.parametrize(
    "other",
    [
        {"scale": Scale.HOUR},
        {"unit": EnergyUnit.DOLLARS},
        {"instant": ManualClock().now() - timedelta(minutes=2)},
        {"instant": ManualClock().now() + timedelta(minutes=2)},
    ],
)
async def test_anything_but_now_is_asked_of_the_cloud_each_time(world, other) -> None:
    caller = await world.resident()
    query = replace(world.now_query(caller), **other)
    await world.read_instant(query)
    usages = (await world.read_instant(query)).content
    assert world.cloud.requests("usages") == 2
    assert (usages["scale"], usages["energyUnit"]) == (query.scale.value, query.unit.value)


async def test_named_devices_are_answered_alone(world) -> None:
    caller = await world.resident()
    usages = (await world.read_instant(world.now_query(caller, frozenset({1001})))).content
    assert [device["deviceGid"] for device in usages["devices"]] == [1001]


async def test_a_foreign_device_is_refused_without_a_request(world) -> None:
    caller = await world.resident()
    with pytest.raises(InvalidInput, match="devices: 9 not found"):
        await world.read_instant(world.now_query(caller, frozenset({1000, 9})))
    assert world.cloud.requests("usages") == 0


async def test_without_a_link_there_is_nothing_to_read(world) -> None:
    with pytest.raises(NotLinked):
        await world.read_instant(world.now_query(await world.sign_up()))


async def test_a_home_without_devices_uses_nothing(world) -> None:
    world.cloud.devices = ()
    caller = await world.resident()
    usages = (await world.read_instant(world.now_query(caller))).content
    assert usages["devices"] == []
    assert world.cloud.requests("usages") == 0


async def test_an_answer_without_the_devices_that_were_asked_for_makes_no_sense(world) -> None:
    caller = await world.resident()
    world.cloud.answers_no_devices = True
    for query in (world.now_query(caller), replace(world.now_query(caller), scale=Scale.DAY)):
        with pytest.raises(EmporiaUnreadable):
            await world.read_instant(query)


async def test_a_refused_poll_makes_the_devices_be_looked_up_anew(world) -> None:
    caller = await world.resident()
    world.cloud.failures.append(EmporiaRefusedRequest())
    with pytest.raises(EmporiaRefusedRequest):
        await world.read_instant(world.now_query(caller))
    await world.read_instant(world.now_query(caller))
    assert world.cloud.requests("customer") == 2


async def test_an_outage_is_told_and_an_old_sample_is_no_answer(world) -> None:
    caller = await world.resident()
    await world.read_instant(world.now_query(caller))
    await world.clock.advance(10)
    world.cloud.failure = EmporiaUnavailable(retry_after_seconds=30)
    with pytest.raises(EmporiaUnavailable):
        await world.read_instant(world.now_query(caller))


async def test_a_poll_goes_through_another_link_when_the_first_turns_out_dead(world) -> None:
    ada = await world.resident("ada@example.com", "ada@emporia.example")
    bob = await world.resident("bob@example.com", "bob@emporia.example")
    await world.clock.advance(3600)
    world.pool.revoked.add((await world.link_of(ada)).tokens.refresh_token)
    assert (await world.read_instant(world.now_query(bob))).content["devices"]


async def test_a_poll_that_finds_its_link_renewed_meanwhile_goes_through_the_new_one(
    make_world,
) -> None:
    world = make_world(token_lifetime=timedelta(minutes=30))
    caller = await world.resident()
    world.pool.answer_seconds = 1
    world.pool.revoked.add((await world.link_of(caller)).tokens.refresh_token)
    await world.clock.advance(1800)
    read = asyncio.create_task(world.read_instant(world.now_query(caller)))
    await world.link(caller)
    await world.clock.advance(1)
    assert (await read).content["devices"]


async def test_a_poll_without_any_live_link_says_so(world) -> None:
    caller = await world.resident()
    world.pool.revoked.add((await world.link_of(caller)).tokens.refresh_token)
    await world.clock.advance(3600)
    with pytest.raises(LinkDead):
        await world.read_instant(world.now_query(caller))


async def test_a_spent_budget_is_told(make_world) -> None:
    world = make_world(daily_requests=1)
    caller = await world.resident()
    with pytest.raises(BudgetSpent):
        await world.read_instant(world.now_query(caller))


async def test_a_read_that_shares_a_streams_poll_still_has_the_tenth_kept_for_reads(
    make_world,
) -> None:
    world = make_world(daily_requests=10)
    caller = await world.resident()
    account = (await world.link_of(caller)).account
    for _ in range(8):
        await world.budgets.record(account)
    outcomes = await asyncio.gather(
        world.samples.poll(FeedKey(account), Purpose.STREAM),
        world.read_instant(world.now_query(caller)),
        return_exceptions=True,
    )
    stream, read = outcomes
    assert isinstance(stream, BudgetSpent)
    assert not isinstance(read, BaseException)
    assert read.content["devices"]


async def test_a_link_that_fails_is_tried_once_even_if_it_still_looks_alive(world) -> None:
    caller = await world.resident()
    links = StaleLinks(world.store)
    links.seen = await world.links.of_account(42)
    await world.unlink_emporia(caller)
    await world.clock.advance(3600)
    with pytest.raises(LinkDead):
        await replace(world.samples, links=links).poll(FeedKey(HOME), Purpose.READ)
