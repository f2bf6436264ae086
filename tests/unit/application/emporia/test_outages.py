"""Who still asks Emporia while it fails, how often, and what everybody else is told."""

import asyncio
from datetime import timedelta

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.events import BreakerClosed, BreakerOpened, BreakerProbed
from domain.emporia.links import AccountId
from domain.errors import (
    BudgetSpent,
    EmporiaError,
    EmporiaRefusedRequest,
    EmporiaThrottled,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
)
from tests.unit.application.kinds_of_outage import OUTAGES, kind_of

HOUR = 3600


@pytest.fixture
async def link(world):
    """A live link; the cloud's calls are counted from here on."""
    link = await world.link_of(await world.resident())
    world.cloud.calls.clear()
    return link


@pytest.fixture
def transitions(world):
    """What the breakers do, as it is told."""
    told: list[tuple[str, str]] = []

    async def note(event) -> None:
        told.append((type(event).__name__.removeprefix("Breaker"), event.partner))

    for kind in (BreakerOpened, BreakerProbed, BreakerClosed):
        world.events.subscribe(kind, note)
    return told


async def poll(world, link):
    return await world.calls(link, Purpose.STREAM, world.cloud.customer)


async def fail(world, link, *, times: int) -> None:
    """Let so many polls fail, each as soon as it may leave."""
    for _ in range(times):
        with pytest.raises(EmporiaError) as failure:
            await poll(world, link)
        await world.clock.advance(failure.value.retry_after_seconds)


async def links_of(world, accounts: int):
    """Links to so many accounts, each of a user of its own."""
    links = []
    for number in range(accounts):
        caller = await world.sign_up(f"user{number}@example.com")
        await world.link(caller, f"home{number}@example.com", account=AccountId(100 + number))
        links.append(await world.link_of(caller))
    return links


@pytest.mark.parametrize("failure", OUTAGES, ids=kind_of)
async def test_a_read_in_a_known_outage_is_told_its_kind_at_once(world, link, failure) -> None:
    world.cloud.failure = failure
    await fail(world, link, times=3)
    with pytest.raises(EmporiaError):
        await poll(world, link)
    world.cloud.calls.clear()
    kinds = {EmporiaTimedOut, EmporiaUnreadable}
    told = type(failure) if type(failure) in kinds else EmporiaUnavailable
    for _ in range(10):
        with pytest.raises(told) as refusal:
            await world.calls(link, Purpose.READ, world.cloud.customer)
        assert 10 < (refusal.value.retry_after_seconds or 0) <= 15
    assert world.cloud.calls == []


async def test_when_the_pause_is_over_one_probe_leaves_whoever_asks(world, link) -> None:
    world.cloud.failure = EmporiaUnavailable()
    await fail(world, link, times=4)
    world.cloud.calls.clear()
    world.cloud.failure, world.cloud.answer_seconds = None, 1.0
    everybody = [asyncio.create_task(poll(world, link)) for _ in range(20)]
    await world.clock.advance(2)
    outcomes = await asyncio.gather(*everybody, return_exceptions=True)
    assert sum(isinstance(outcome, EmporiaUnavailable) for outcome in outcomes) == 19
    assert world.cloud.requests("customer") == 1
    world.cloud.answer_seconds = 0.0
    await poll(world, link)


async def test_a_probe_whose_caller_hangs_up_lets_another_one_pass(world, link) -> None:
    world.cloud.failure = EmporiaUnavailable()
    await fail(world, link, times=4)
    world.cloud.failure, world.cloud.answer_seconds = None, 1.0
    probe = asyncio.create_task(poll(world, link))
    await world.clock.settle()
    probe.cancel()
    await asyncio.gather(probe, return_exceptions=True)
    other = asyncio.create_task(poll(world, link))
    await world.clock.advance(1)
    assert (await other).account == HOME


async def test_a_probe_without_budget_lets_another_one_pass(make_world) -> None:
    world = make_world(daily_requests=20)
    link = await world.link_of(await world.resident())
    world.cloud.failures.extend([EmporiaUnavailable()])
    await fail(world, link, times=1)
    for _ in range(16):
        await world.budgets.record(HOME)
    with pytest.raises(BudgetSpent):
        await poll(world, link)
    assert (await world.calls(link, Purpose.READ, world.cloud.customer)).account == HOME


async def test_an_absurd_retry_after_costs_minutes_and_then_one_probe(world, link) -> None:
    world.cloud.failures.append(EmporiaThrottled(retry_after_seconds=99_999_999))
    with pytest.raises(EmporiaUnavailable) as failure:
        await poll(world, link)
    assert failure.value.retry_after_seconds == 300
    await world.clock.advance(300)
    assert (await poll(world, link)).account == HOME


async def test_a_retry_after_is_as_long_as_it_says_however_the_clock_is_set(world, link) -> None:
    world.cloud.failures.append(EmporiaUnavailable(retry_after_seconds=20))
    with pytest.raises(EmporiaUnavailable):
        await poll(world, link)
    world.clock.set_by(-timedelta(hours=2))
    await world.clock.advance(19)
    with pytest.raises(EmporiaUnavailable) as failure:
        await poll(world, link)
    assert failure.value.retry_after_seconds == 1
    await world.clock.advance(1)
    assert (await poll(world, link)).account == HOME


async def test_a_question_that_emporia_refuses_is_no_outage(world, link) -> None:
    world.cloud.failure = EmporiaRefusedRequest()
    for _ in range(30):
        with pytest.raises(EmporiaRefusedRequest):
            await poll(world, link)
    world.cloud.failure = None
    assert (await poll(world, link)).account == HOME


async def test_a_401_burst_ends_with_the_first_probe_that_is_answered(world, link) -> None:
    world.cloud.failure = EmporiaTokenRefused()
    await fail(world, link, times=3)
    assert world.cloud.requests("customer") == 4
    world.cloud.failure = None
    assert (await poll(world, link)).account == HOME


async def test_an_hour_of_401_costs_a_new_token_every_quarter_of_an_hour(world, link) -> None:
    world.cloud.failure = EmporiaTokenRefused()
    for _ in range(HOUR):
        with pytest.raises(EmporiaUnavailable):
            await poll(world, world.store.links[link.user_id])
        await world.clock.advance(1)
    assert world.cloud.requests("customer") <= 38
    assert 3 <= world.pool.refreshes <= 5


async def test_in_a_known_outage_no_token_is_renewed_while_it_serves(world, link) -> None:
    world.cloud.failure = EmporiaUnavailable()
    for _ in range(HOUR - 1):
        with pytest.raises(EmporiaUnavailable):
            await poll(world, link)
        await world.clock.advance(1)
    assert world.pool.refreshes == 0
    world.cloud.failure = None
    await world.clock.advance(120)
    assert (await poll(world, link)).account == HOME
    assert world.pool.refreshes == 1


async def test_refused_tokens_that_cant_be_refreshed_cost_one_request_a_probe(world, link) -> None:
    world.cloud.failure, world.pool.failure = EmporiaTokenRefused(), EmporiaUnavailable()
    await fail(world, link, times=3)
    assert world.cloud.requests("customer") == 3


async def test_the_breaker_tells_what_it_does(world, link, transitions, caplog) -> None:
    caplog.set_level("DEBUG")
    world.cloud.failure = EmporiaTimedOut()
    await fail(world, link, times=4)
    world.cloud.failure = None
    await poll(world, link)
    account = "account 42"
    opened = f"Emporia fails for {account} (no answer in time): asked again in 4 s"
    assert transitions == [
        ("Opened", account),
        *[("Probed", account), ("Opened", account)] * 3,
        ("Probed", account),
        ("Closed", account),
    ]
    assert [line for line in caplog.messages if account in line and "is it back" not in line] == [
        f"{opened}, then ever more seldom",
        "Emporia answers again for account 42",
    ]


async def test_where_every_account_fails_the_cloud_is_probed_once_for_all(
    world, transitions
) -> None:
    links = await links_of(world, 20)
    world.cloud.failure = EmporiaUnavailable()
    for each in links:
        with pytest.raises(EmporiaUnavailable):
            await poll(world, each)
    assert transitions[-1] == ("Opened", "the cloud")
    world.cloud.calls.clear()
    for _ in range(HOUR):
        for each in links:
            with pytest.raises(EmporiaUnavailable):
                await poll(world, each)
        await world.clock.advance(1)
    assert len(world.cloud.calls) <= 40
    world.cloud.failure = None
    await world.clock.advance(120)
    for each in links:
        await poll(world, each)


async def test_what_emporia_has_against_one_account_closes_nobody_elses_door(world) -> None:
    links = await links_of(world, 6)
    world.cloud.failure = EmporiaThrottled()
    await fail(world, links[0], times=25)
    world.cloud.failure = None
    assert (await poll(world, links[1])).account == 101


async def test_a_cloud_that_answers_its_probe_with_anything_is_back(world) -> None:
    links = await links_of(world, 20)
    world.cloud.failure = EmporiaUnavailable()
    for each in links:
        with pytest.raises(EmporiaUnavailable):
            await poll(world, each)
    await world.clock.advance(1)
    world.cloud.failures.append(EmporiaThrottled(retry_after_seconds=60))
    world.cloud.failure = None
    with pytest.raises(EmporiaUnavailable):
        await poll(world, links[0])
    assert (await poll(world, links[1])).account == 101
    with pytest.raises(EmporiaUnavailable):
        await poll(world, links[0])


async def test_a_flicker_is_waited_out_by_a_read_and_costs_one_request_more(world, link) -> None:
    world.cloud.failures.append(EmporiaUnavailable())
    reads = [
        asyncio.create_task(world.calls(link, Purpose.READ, world.cloud.customer)) for _ in range(3)
    ]
    await world.clock.advance(2)
    assert [each.account for each in await asyncio.gather(*reads)] == [HOME] * 3
    assert world.cloud.requests("customer") == 4


async def test_a_read_does_not_wait_for_ever_for_somebody_elses_probe(world, link) -> None:
    world.cloud.failures.append(EmporiaUnavailable())
    await fail(world, link, times=1)
    world.cloud.answer_seconds = 10
    probe = asyncio.create_task(poll(world, link))
    await world.clock.settle()
    read = asyncio.create_task(world.calls(link, Purpose.READ, world.cloud.customer))
    await world.clock.advance(3)
    assert read.done()
    with pytest.raises(EmporiaUnavailable):
        await read
    await world.clock.advance(10)
    await probe


async def read_history(world, link) -> None:
    """Ask for a history, which fails."""

    async def fails(_) -> None:
        world.cloud.calls.append(("chart", world.clock.now()))
        raise EmporiaUnavailable

    reading = asyncio.create_task(world.calls(link, Purpose.HISTORY, fails))
    await world.clock.advance(10)
    with pytest.raises(EmporiaUnavailable):
        await reading


async def test_an_hour_of_histories_that_fail_costs_few_requests_and_no_stream_a_poll(
    world, link, transitions
) -> None:
    for _ in range(HOUR // 10):
        await read_history(world, link)
        assert (await poll(world, link)).account == HOME
    assert world.cloud.requests("customer") == HOUR // 10
    assert 20 <= world.cloud.requests("chart") <= 40
    assert {partner for _, partner in transitions} == {"the history of account 42"}


async def test_histories_of_twenty_homes_that_fail_are_not_the_cloud(world, transitions) -> None:
    for each in await links_of(world, 20):
        for _ in range(3):
            await read_history(world, each)
    assert ("Opened", "the cloud") not in transitions


async def test_a_history_that_is_answered_again_closes_its_own_breaker(
    world, link, transitions
) -> None:
    await read_history(world, link)
    await world.clock.advance(60)
    await world.calls(link, Purpose.HISTORY, world.cloud.customer)
    assert transitions[-1] == ("Closed", "the history of account 42")


async def test_a_history_is_no_probe_of_what_streams_need(world, link) -> None:
    world.cloud.failure = EmporiaUnavailable()
    await fail(world, link, times=4)
    world.cloud.calls.clear()
    await world.clock.advance(60)
    await read_history(world, link)
    assert world.cloud.calls == []
    world.cloud.failure = None
    await poll(world, link)


async def test_a_history_whose_token_is_refused_asks_no_more_once_the_account_fails(
    world, link
) -> None:
    renewed = asyncio.Event()

    async def refused(_) -> None:
        if renewed.is_set():
            raise AssertionError("asked in a known outage")
        renewed.set()
        world.cloud.failure = EmporiaUnavailable()
        await fail(world, link, times=3)
        raise EmporiaTokenRefused

    with pytest.raises(EmporiaUnavailable):
        await world.calls(link, Purpose.HISTORY, refused)


async def test_a_history_throttled_alone_is_no_trouble_of_the_account(world, link) -> None:
    async def throttled(_) -> None:
        raise EmporiaThrottled(retry_after_seconds=60)

    with pytest.raises(EmporiaUnavailable):
        await world.calls(link, Purpose.HISTORY, throttled)
    assert (await poll(world, link)).account == HOME
