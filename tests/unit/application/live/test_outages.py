import asyncio
from itertools import pairwise

import pytest

from adapters.fake.emporia.request_ledger import InMemoryRequestLedger
from application.emporia.cloud.kept_answers import KeptAnswers
from application.live.feed.outlet import StreamNotice
from application.live.feed.samples import LiveSamples
from application.live.feed.subscription import Subscription, View
from domain.errors import (
    EmporiaRefusedRequest,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
)

FAILING = StreamNotice.POLLS_FAILING
FAILURES = [
    EmporiaUnavailable(),
    EmporiaTimedOut(),
    EmporiaUnreadable(),
    EmporiaRefusedRequest(),
    EmporiaTokenRefused(),
    RuntimeError("a bug of our own"),
]


@pytest.fixture
async def listener(world, watch):
    """Somebody who has watched for ten seconds."""
    listener = await watch(world, await world.resident())
    await world.clock.advance(10)
    listener.forget()
    return listener


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
async def test_failing_polls_are_told_once_and_frames_go_on(world, listener, failure) -> None:
    world.cloud.failure = failure
    await world.clock.advance(20)
    assert listener.notices == [FAILING]
    assert len(listener.frames) == 20
    assert listener.end is None


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
async def test_polls_recover_by_themselves_within_two_minutes(make_world, watch, failure) -> None:
    world = make_world(tick_seconds=10)
    listener = await watch(world, await world.resident())
    world.cloud.failure = failure
    await world.clock.advance(300)
    world.cloud.failure, world.cloud.watts = None, 1234.0
    await world.clock.advance(121)
    channel = listener.data[-1]["deviceListUsages"]["devices"][0]
    assert channel["channelUsages"][0]["usage"] == 1234.0 / 60_000


async def test_the_next_outage_is_told_again(world, listener) -> None:
    for _ in range(3):
        world.cloud.failure = EmporiaUnavailable()
        await world.clock.advance(60)
        world.cloud.failure = None
        await world.clock.advance(60)
    assert listener.notices == [FAILING] * 3


@pytest.mark.usefixtures("listener")
async def test_an_outage_is_logged_when_it_begins_and_when_it_ends(world, caplog) -> None:
    caplog.set_level("INFO")
    world.cloud.failure = EmporiaUnavailable()
    await world.clock.advance(15)
    world.cloud.failure = None
    await world.clock.advance(60)
    assert caplog.messages == [
        "polls of account 42 fail: EmporiaUnavailable",
        "Emporia fails for account 42 (not available): asked again in 4 s, then ever more seldom",
        "Emporia answers again for account 42",
        "polls of account 42 succeed again",
    ]


async def test_whoever_joins_during_an_outage_is_told_and_gets_the_newest_frame(
    world, watch, listener
) -> None:
    world.cloud.failure = EmporiaUnavailable()
    await world.clock.advance(10)
    other = await watch(world, await world.log_in_again())
    assert other.heard == [FAILING, listener.frames[-1]]


async def test_whether_polls_fail_can_be_asked_of_a_stream(world, watch) -> None:
    feeds = world.stream_usage.feeds
    listener = await watch(world, await world.resident())
    before = feeds.are_failing(listener.stream)
    world.cloud.failure = EmporiaUnavailable()
    await world.clock.advance(61)
    during = feeds.are_failing(listener.stream)
    await listener.close()
    assert (before, during, feeds.are_failing(listener.stream)) == (False, True, False)


async def test_polls_come_ever_more_slowly_while_they_fail(make_world, watch) -> None:
    world = make_world(tick_seconds=60)
    await watch(world, await world.resident())
    world.cloud.failure = EmporiaUnavailable()
    world.cloud.calls.clear()
    await world.clock.advance(600)
    waits = [
        (later - sooner).total_seconds() for (_, sooner), (_, later) in pairwise(world.cloud.calls)
    ]
    assert waits[0] < 3
    assert waits == sorted(waits)
    assert 110 < waits[-1] <= 121


async def test_the_cloud_down_at_connect_is_told_and_frames_come_when_it_answers(
    world, watch
) -> None:
    caller = await world.resident()
    world.cloud.failure = EmporiaUnavailable()
    listener = await watch(world, caller)
    await world.clock.advance(30)
    assert listener.heard == [FAILING]
    world.cloud.failure = None
    await world.clock.advance(62)
    assert listener.frames
    assert listener.notices == [FAILING]


async def test_the_first_frame_after_a_dark_start_does_not_wait_for_a_second(world, watch) -> None:
    caller = await world.resident()
    world.cloud.answer_seconds = 0.7
    listener = await watch(world, caller)
    await world.clock.advance(0.7)
    assert len(listener.frames) == 1


async def test_no_poll_leaves_before_retry_after_is_over(world, listener) -> None:
    world.cloud.failures.append(EmporiaUnavailable(retry_after_seconds=90))
    world.cloud.calls.clear()
    await world.clock.advance(200)
    (_, refused), (_, again), *_ = world.cloud.calls
    assert 90 <= (again - refused).total_seconds() <= 91
    assert listener.notices == [FAILING]


@pytest.mark.usefixtures("listener")
async def test_the_retry_after_that_a_poll_was_told_holds_reads_back_too(world) -> None:
    caller = await world.log_in_again()
    world.cloud.failures.append(EmporiaUnavailable(retry_after_seconds=90))
    await world.clock.advance(60)
    with pytest.raises(EmporiaUnavailable):
        await world.read_instant(world.now_query(caller))


async def test_one_accounts_outage_is_nobody_elses(world, watch, listener) -> None:
    bob = await world.sign_up("bob@example.com")
    await world.link(bob, "cabin@example.com", account=77)
    other = await watch(world, bob)
    world.cloud.failures.extend([EmporiaUnavailable(), None])
    await world.clock.advance(2)
    assert len(listener.notices + other.notices) == 1


async def test_not_even_a_bug_beside_the_polls_leaves_a_stream_without_frames(
    make_world, watch
) -> None:
    world = make_world(daily_requests=2000)
    caller = await world.resident()

    class BrokenLedger(InMemoryRequestLedger):
        async def slots(self, *_, **__):
            raise OSError

    ledger, world.budgets._ledger = world.budgets._ledger, BrokenLedger()
    world.budgets._budgets.clear()
    listener = await watch(world, caller)
    await world.clock.advance(10)
    world.budgets._ledger = ledger
    await world.clock.advance(60)
    assert listener.notices == [FAILING]
    assert listener.frames


async def test_whoever_changes_the_view_during_an_outage_is_not_told_again(world, watch) -> None:
    listener = await watch(world, await world.resident())
    world.cloud.failure = EmporiaUnavailable()
    await world.clock.advance(3)
    for gids in ({1000}, {1001}):
        view = View(frozenset(gids), tells_age=True)
        world.stream_usage.subscribe(listener.stream, Subscription(view=view))
    await world.clock.advance(3)
    assert listener.notices == [FAILING]
    assert listener.data[-1]["deviceListUsages"]["devices"][0]["deviceGid"] == 1001


async def test_a_sample_without_a_sane_instant_is_an_outage_told_once_that_ends_by_itself(
    world, watch, caplog
) -> None:
    listener = await watch(world, await world.resident(), Subscription())
    world.cloud.instant_told = "2026-03-01T12:00:00Z\n\nevent: evil\n"
    listener.forget()
    await world.clock.advance(83)
    assert listener.notices == [StreamNotice.POLLS_FAILING]
    assert len(listener.frames) == 83
    assert not [record for record in caplog.records if record.exc_info]
    world.cloud.instant_told = None
    await world.clock.advance(121)
    assert listener.data[-1]["live"]["stale"] is False
    assert listener.notices == [StreamNotice.POLLS_FAILING]


async def test_a_poll_that_breaks_because_its_feed_is_closed_does_not_hold_that_up(
    world, watch, caplog, monkeypatch
) -> None:
    async def poll(*_: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise ZeroDivisionError

    monkeypatch.setattr(LiveSamples, "poll", poll)
    await watch(world, await world.resident())
    await asyncio.wait_for(world.feeds.close(), 5)
    assert caplog.records == []


async def test_a_look_at_what_was_kept_that_breaks_because_its_feed_is_closed_does_not_either(
    world, watch, caplog, monkeypatch
) -> None:
    async def sample(*_: object, **__: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise ZeroDivisionError

    monkeypatch.setattr(KeptAnswers, "sample", sample)
    caller = await world.resident()
    world.cloud.failure = EmporiaUnavailable()
    await watch(world, caller)
    await asyncio.wait_for(world.feeds.close(), 5)
    assert caplog.records == []
