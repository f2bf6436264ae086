import asyncio
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from adapters.fake.emporia.leases import OneOfMany
from adapters.fake.live.sample_exchange import JoinedExchange, JoinedExchanges
from application.live.cluster.ask_holder import AskHolder
from application.live.cluster.relay import Relay
from application.live.cluster.take_over import TakeOver
from application.live.feed.outlet import StreamNotice
from application.live.feed.subscription import PLAIN, FeedKey, Subscription, View
from application.ports.emporia.leases import Fence
from application.ports.nodes import NodeId
from domain.emporia.errors import LeaseLost
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from domain.errors import EmporiaRefusedRequest, EmporiaUnavailable, StorageUnavailable

SECONDS = Subscription(scale=Scale.SECOND)


def polls_at(world) -> list[float]:
    return [at.timestamp() for method, at in world.cloud.calls if method == "usages"]


async def two_nodes(cluster, **settings):
    """Two nodes, and the tokens of one resident that both know."""
    a, b = cluster.node("a", **settings), cluster.node("b", **settings)
    return a, b, await a.resident()


async def test_two_nodes_share_the_polls_of_an_account(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    await watch(b, caller)
    await a.clock.advance(30)
    assert min(later - sooner for sooner, later in pairwise(polls_at(a))) >= 1
    assert len(polls_at(a)) in {30, 31}


@pytest.mark.parametrize("subscription", [PLAIN, SECONDS, Subscription(view=View(tells_age=True))])
async def test_viewers_on_any_node_see_the_same_second(cluster, watch, subscription) -> None:
    a, b, caller = await two_nodes(cluster)
    here, there = await watch(a, caller, subscription), await watch(b, caller, subscription)
    await a.clock.advance(5)
    for each in (here, there):
        each.forget()
    await a.clock.advance(20)
    assert here.heard_at == there.heard_at
    assert [frame.text for frame in here.frames] == [frame.text for frame in there.frames]
    assert len({frame.text for frame in here.frames}) == 20


async def test_whoever_joins_has_the_newest_at_once(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster, daily_requests=1440)
    await watch(a, caller)
    await a.clock.advance(10)
    polls = len(polls_at(a))
    joiner = await watch(b, caller)
    await a.clock.advance(0.01)
    assert len(joiner.frames) == 1
    assert len(polls_at(a)) == polls


async def test_a_node_polls_for_those_who_watch_elsewhere(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    first = await watch(a, caller)
    there = await watch(b, caller)
    await first.close()
    await a.clock.advance(20)
    there.forget()
    await a.clock.advance(20)
    assert len({frame.text for frame in there.frames}) == 20
    assert cluster.leases.holders[HOME][0] == "a"


async def test_nobody_is_polled_once_the_last_one_elsewhere_has_left(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    first = await watch(a, caller)
    there = await watch(b, caller)
    await first.close()
    await there.close()
    await a.clock.advance(20)
    polls = len(polls_at(a))
    await a.clock.advance(20)
    assert len(polls_at(a)) == polls
    assert a.feeds.count == b.feeds.count == 0


async def test_a_bug_on_the_way_to_whoever_polls_freezes_nobody(
    cluster, watch, caplog, monkeypatch
) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    with monkeypatch.context() as broken:
        broken.setattr(JoinedExchange, "follow", lambda *_: 1 // 0)
        there = await watch(b, caller)
        await b.clock.advance(2)
    await b.clock.advance(2)
    there.forget()
    await b.clock.advance(5)
    assert len(there.frames) == 5
    assert {line.exc_info[0] for line in caplog.records} == {ZeroDivisionError}


async def test_a_bug_while_a_node_stops_does_not_hold_it_up(
    cluster, watch, caplog, monkeypatch
) -> None:
    async def follow(*_: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise ZeroDivisionError

    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    monkeypatch.setattr(JoinedExchange, "follow", follow)
    await watch(b, caller)
    await b.clock.advance(1)
    await asyncio.wait_for(b.feeds.close(), 5)
    assert caplog.records == []


async def test_nothing_is_told_where_nobody_follows(cluster, watch) -> None:
    a, _, caller = await two_nodes(cluster)
    await watch(a, caller)
    await a.clock.advance(20)
    assert a.place.exchange.told == a.live_counts.published == 0


async def test_what_is_told_and_followed_is_counted(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    await watch(b, caller)
    await a.clock.advance(20)
    assert a.live_counts.published == a.place.exchange.told in {20, 21}
    assert b.live_counts.followed in {20, 21, 22}
    assert a.live_counts.followed == b.live_counts.published == 0


async def test_another_node_takes_over_when_the_one_that_polls_is_gone(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    there = await watch(b, caller)
    await a.clock.advance(10)
    await cluster.kill("a")
    await b.clock.advance(2)
    held = polls_at(b)
    there.forget()
    cluster.expire(HOME)
    await b.clock.advance(1.3)
    assert cluster.leases.holders[HOME][0] == "b"
    await b.clock.advance(10)
    taken = polls_at(b)[len(held) :]
    assert len(taken) in {10, 11}
    assert min(later - sooner for sooner, later in pairwise(taken)) == pytest.approx(1)
    assert len(there.frames) == 11
    assert there.notices == []


async def test_whoever_else_follows_goes_on_with_the_new_node(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    c = cluster.node("c")
    await watch(a, caller)
    viewers = [await watch(b, caller), await watch(c, caller)]
    await a.clock.advance(10)
    await cluster.kill("a")
    cluster.expire(HOME)
    await b.clock.advance(3)
    for viewer in viewers:
        viewer.forget()
    await b.clock.advance(10)
    texts = [[frame.text for frame in viewer.frames] for viewer in viewers]
    assert texts[0] == texts[1]
    assert len(set(texts[0])) == 10


async def test_whoever_joins_has_what_a_node_told_last_that_is_gone(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    c = cluster.node("c")
    await watch(a, caller)
    there = await watch(b, caller, SECONDS)
    await a.clock.advance(10)
    await cluster.kill("a")
    joiner = await watch(c, caller, SECONDS)
    await c.clock.advance(0.5)
    assert joiner.data[-1] == there.data[-1]


async def test_whoever_joins_asks_until_somebody_answers(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    await a.clock.advance(10)
    cluster.joined.cut_off.add("b")
    joiner = await watch(b, caller)
    await a.clock.advance(0.2)
    assert joiner.frames == []
    cluster.joined.cut_off.clear()
    await a.clock.advance(0.29)
    assert len(joiner.frames) == 1


async def test_what_was_lost_on_its_way_is_asked_for(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    there = await watch(b, caller)
    await a.clock.advance(10)
    b.place.exchange.followed.clear()
    there.forget()
    await a.clock.advance(20)
    assert len({frame.text for frame in there.frames}) >= 3
    assert there.notices == []


async def test_whoever_takes_over_while_it_asks_is_not_silent(cluster, watch, monkeypatch) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    there = await watch(b, caller)
    await a.clock.advance(10)
    b.place.exchange.followed.clear()

    async def ask(_: FeedKey) -> None:
        cluster.expire(HOME)
        b.relays.freed(HOME)
        await b.clock.sleep(1)

    monkeypatch.setattr(JoinedExchange, "ask", lambda _, key: ask(key))
    await a.clock.advance(10)
    assert cluster.leases.holders[HOME][0] == "b"
    assert there.notices == []
    assert not b.feeds.are_failing(there.stream)


async def test_it_is_told_where_nobody_takes_over(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    c = cluster.node("c")
    await watch(a, caller)
    viewers = [await watch(b, caller), await watch(c, caller)]
    await a.clock.advance(10)
    await cluster.kill("a")
    await b.clock.advance(20)
    assert [viewer.notices for viewer in viewers] == [[StreamNotice.POLLS_FAILING]] * 2
    assert all(node.feeds.are_failing(v.stream) for node, v in zip((b, c), viewers, strict=True))


async def test_what_another_feed_follows_is_tried_for_there_alone(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    await watch(b, caller)
    await a.clock.advance(10)
    cluster.expire(HOME)
    there = await watch(b, caller, SECONDS)
    await b.clock.advance(0.1)
    assert HOME not in cluster.leases.holders
    await a.clock.advance(5)
    assert cluster.leases.holders[HOME][0] == "a"
    assert there.frames


async def test_what_is_handed_over_is_polled_on_without_a_gap(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    there = await watch(b, caller)
    await a.clock.advance(10.5)
    await cluster.hand_over("a")
    there.forget()
    await a.clock.advance(10)
    assert cluster.leases.holders[HOME][0] == "b"
    assert len({frame.text for frame in there.frames}) == 10
    assert min(later - sooner for sooner, later in pairwise(polls_at(a))) >= 0.99


async def test_a_node_that_has_lost_the_account_follows(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    here = await watch(a, caller)
    there = await watch(b, caller)
    await a.clock.advance(10)
    cluster.expire(HOME)
    await b.place.leases.hold(HOME)
    b.relays.freed(HOME)
    await a.clock.advance(3)
    here.forget(), there.forget()
    await a.clock.advance(10)
    assert [frame.text for frame in here.frames] == [frame.text for frame in there.frames]
    assert len({frame.text for frame in here.frames}) == 10


async def test_a_poll_that_another_node_makes_once_a_minute_is_followed(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster, daily_requests=1440)
    here = await watch(a, caller, Subscription())
    there = await watch(b, caller, Subscription())
    await a.clock.advance(200)
    assert here.data[-1] == there.data[-1]
    assert len(polls_at(a)) <= 8


async def test_an_outage_is_told_on_every_node_once(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    here, there = await watch(a, caller), await watch(b, caller)
    await a.clock.advance(10)
    a.cloud.failure = EmporiaUnavailable()
    await a.clock.advance(30)
    late = await watch(b, caller)
    for viewer in (here, there, late):
        assert viewer.notices == [StreamNotice.POLLS_FAILING]
    assert b.feeds.are_failing(there.stream)
    a.cloud.failure = None
    await a.clock.advance(120)
    assert not b.feeds.are_failing(there.stream)
    assert b.event_counts.counts.get("poll_failed", 0) == 0


async def test_whoever_joins_in_an_outage_sees_what_was_last(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    await a.clock.advance(10)
    a.cloud.failure = EmporiaUnavailable()
    await a.clock.advance(10)
    joiner = await watch(b, caller)
    await a.clock.advance(1)
    assert joiner.frames
    assert joiner.notices == [StreamNotice.POLLS_FAILING]


async def test_cut_off_from_the_others_frames_go_on_and_it_is_told(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    there = await watch(b, caller)
    await a.clock.advance(10)
    cluster.joined.cut_off.add("b")
    there.forget()
    await a.clock.advance(20)
    assert len(there.frames) == 20
    assert there.notices == [StreamNotice.POLLS_FAILING]
    assert polls_at(a)[-1] > a.clock.now().timestamp() - 2
    cluster.joined.cut_off.clear()
    there.forget()
    await a.clock.advance(10)
    assert len({frame.text for frame in there.frames}) >= 8
    assert there.notices == []
    assert not b.feeds.are_failing(there.stream)


async def test_while_cut_off_nothing_is_told(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    await watch(b, caller)
    await a.clock.advance(10)
    cluster.joined.cut_off.add("a")
    told = a.place.exchange.told
    await a.clock.advance(3)
    assert a.place.exchange.told == told


async def test_what_a_node_says_whose_lease_is_over_is_not_believed(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    there = await watch(b, caller)
    await a.clock.advance(10)
    late = await a.relays.asked(FeedKey(HOME))
    cluster.leases.fences_given += 1
    cluster.leases.holders[HOME] = ("a", cluster.leases.fences_given)
    await a.clock.advance(5)
    text = there.frames[-1].text
    b.relays.told(late)
    await b.clock.advance(0.5)
    there.forget()
    assert (await watch(b, caller)).frames[-1].text == text


async def test_a_read_of_now_is_answered_by_the_node_that_polls(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    await watch(a, caller)
    await a.clock.advance(10)
    polls = len(polls_at(a))
    document = await b.read_instant(b.now_query(caller))
    assert document.content == a.samples.newest(FeedKey(HOME)).document.content
    assert len(polls_at(a)) == polls


async def test_reads_of_now_share_a_poll_where_nobody_watches(cluster) -> None:
    a, b, caller = await two_nodes(cluster, daily_requests=1440)
    await a.read_instant(a.now_query(caller))
    await b.read_instant(b.now_query(caller))
    await b.read_instant(b.now_query(caller))
    assert len(polls_at(a)) == 1
    assert b.place.exchange.asked == 1


async def test_a_read_of_now_fails_as_it_does_where_the_account_is_polled(cluster) -> None:
    a, b, caller = await two_nodes(cluster)
    await a.read_instant(a.now_query(caller))
    await a.clock.advance(120)
    a.cloud.failure = EmporiaRefusedRequest()
    with pytest.raises(EmporiaRefusedRequest):
        await b.samples.current(FeedKey(HOME))


async def test_a_read_of_now_says_so_where_the_node_that_polls_is_gone(cluster) -> None:
    a, b, caller = await two_nodes(cluster)
    await a.read_instant(a.now_query(caller))
    cluster.joined.cut_off.add("a")
    with pytest.raises(StorageUnavailable, match="does not answer"):
        await b.read_instant(b.now_query(caller))


async def test_news_without_a_sample_are_no_answer(cluster) -> None:
    a, b, caller = await two_nodes(cluster)
    await a.read_instant(a.now_query(caller))
    news = await a.relays.asked(FeedKey(HOME))

    class Mute(JoinedExchange):
        async def ask(self, _):
            return replace(news, sample=None)

    ask = AskHolder(leases=b.place.leases, exchange=Mute(cluster.joined, b.place.exchange.own_id))
    with pytest.raises(StorageUnavailable, match="does not answer"):
        await ask(FeedKey(HOME))


async def test_a_node_that_does_not_poll_leaves_the_answer_to_the_one_that_does(
    cluster, watch
) -> None:
    a, b, caller = await two_nodes(cluster)
    c = cluster.node("c")
    await watch(b, caller)
    assert await a.relays.asked(FeedKey(HOME)) is None
    assert (await c.read_instant(c.now_query(caller))).content["devices"]


async def test_whoever_takes_over_polls_all_that_is_watched_of_the_account(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    c = cluster.node("c")
    await watch(a, caller)
    await watch(b, caller)
    there = await watch(c, caller, SECONDS)
    await a.clock.advance(10)
    await cluster.kill("a")
    for node in (b, c):
        node.relays.wanted([FeedKey(AccountId(77))])
    cluster.expire(HOME)
    await b.clock.advance(0.26)
    holder = cluster.leases.holders[HOME][0]
    assert cluster.nodes[holder].feeds.count == 2
    there.forget()
    await b.clock.advance(10)
    assert len({frame.text for frame in there.frames}) == 10


async def test_what_fails_because_another_node_polls_by_now_is_no_outage(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    here = await watch(a, caller)
    await watch(b, caller)
    a.cloud.answer_seconds = 0.4
    await a.clock.advance(10)
    before = len(polls_at(a))
    while len(polls_at(a)) == before:
        await a.clock.advance(0.1)
    a.cloud.failures.append(StorageUnavailable())
    cluster.expire(HOME)
    await b.place.leases.hold(HOME)
    b.relays.freed(HOME)
    here.forget()
    await a.clock.advance(10)
    assert here.notices == []
    assert len({frame.text for frame in here.frames}) >= 9


async def test_an_outage_of_ones_own_is_over_where_another_node_polls(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    here = await watch(a, caller)
    await watch(b, caller)
    await a.clock.advance(10)
    a.cloud.failures.append(StorageUnavailable())
    await a.clock.advance(1)
    assert here.notices == [StreamNotice.POLLS_FAILING]
    cluster.expire(HOME)
    await b.place.leases.hold(HOME)
    b.relays.freed(HOME)
    await a.clock.advance(5)
    assert not a.feeds.are_failing(here.stream)
    assert here.notices == [StreamNotice.POLLS_FAILING]


async def test_a_lease_that_was_lost_and_is_had_again_is_no_outage(cluster, watch) -> None:
    a, _, caller = await two_nodes(cluster)
    here = await watch(a, caller)
    await a.clock.advance(10)
    polls = len(polls_at(a))
    a.cloud.failures.append(LeaseLost())
    await a.clock.advance(10)
    assert here.notices == []
    assert len(polls_at(a)) >= polls + 9


async def test_a_node_that_never_had_a_sample_says_that_it_fails(cluster, watch) -> None:
    a, b, caller = await two_nodes(cluster)
    a.cloud.failure = EmporiaUnavailable()
    await watch(a, caller)
    await a.clock.advance(5)
    there = await watch(b, caller)
    await a.clock.advance(1)
    assert there.notices == [StreamNotice.POLLS_FAILING]
    assert there.frames == []


async def test_of_many_accounts_that_a_dead_node_held_a_few_are_tried_until_one_is_free(
    cluster,
) -> None:
    tried: list[AccountId] = []
    taken: list[AccountId] = []
    joined = JoinedExchanges()
    node = joined.node("a")

    class Leases(OneOfMany):
        async def hold(self, account):
            tried.append(account)
            return await super().hold(account)

    take_over = TakeOver(
        leases=Leases(cluster.leases, node.own_id), exchange=node, nodes=node, taken=taken.append
    )
    accounts = [AccountId(number) for number in range(100)]
    for account in accounts:
        cluster.leases.holders[account] = (NodeId("gone"), Fence(1))
    nothing: Any = None
    following = [
        Relay(among=nothing, key=FeedKey(account), feed=nothing, node=NodeId("gone"))
        for account in accounts
    ]
    for _ in range(3):
        await take_over(following)
    assert (len(tried), len(set(tried)), taken) == (24, 24, [])
    cluster.leases.holders.clear()
    await take_over(following)
    assert sorted(taken) == accounts
