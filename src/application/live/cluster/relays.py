"""All feeds of this node among nodes: whom they follow, who follows them, and who takes over."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

from application.emporia.cloud.request_budgets import RequestBudgets
from application.live.cluster.own_relays import OwnRelays
from application.live.cluster.relay import Among, Relay, Shown
from application.live.cluster.take_over import TakeOver
from application.live.cluster.wants import Wants
from application.live.feed.samples import LiveSamples
from application.live.feed.subscription import FeedKey
from application.live.live_counts import LiveCounts
from application.ports.clock import Clock
from application.ports.emporia.leases import Fence, Leases
from application.ports.live.sample_exchange import ExchangeEar, LiveNews, SampleExchange
from application.ports.nodes import Nodes
from domain.emporia.links import AccountId
from domain.errors import DomainError, EmporiaError, LinkDead, Postponed, StorageUnavailable

STEP_SECONDS = 0.25
"""How often an account is asked for whose node is gone."""

WANT_SECONDS = 2.0
"""How often others are told what is watched here: less than a feed lingers."""

OVERDUE_SECONDS = 5.0
"""How long after its time news may come before the node is asked what is the matter."""


class Relays(ExchangeEar, Among):
    """Joins the feeds of this node with those of the others."""

    def __init__(
        self,
        *,
        nodes: Nodes,
        leases: Leases,
        exchange: SampleExchange,
        samples: LiveSamples,
        budgets: RequestBudgets,
        counts: LiveCounts,
        clock: Clock,
    ) -> None:
        self._nodes = nodes
        self._leases = leases
        self._exchange = exchange
        self._samples = samples
        self._budgets = budgets
        self._counts = counts
        self._clock = clock
        self._relays = OwnRelays()
        self._take_over = TakeOver(
            leases=leases, exchange=exchange, nodes=nodes, taken=self._note_taken
        )
        self._wants = Wants(clock)
        self._fences: dict[AccountId, Fence] = {}
        self._keep: Callable[[FeedKey], None] = lambda _: None

    def serve(self, keep: Callable[[FeedKey], None]) -> None:
        """Hear other nodes from now on; `keep` lets a feed go on for those who watch it there."""
        self._keep = keep
        self._exchange.connect(self)

    def open(self, relay: Relay) -> None:
        self._relays.add(relay)

    def close(self, relay: Relay) -> None:
        self._relays.remove(relay)

    async def hold(self, relay: Relay) -> bool:
        # What another feed of the account follows is somebody else's: it is tried for there.
        if self._relays.is_followed(relay.account):
            return False
        return await self._leases.hold(relay.account)

    async def follow(self, relay: Relay) -> LiveNews | None:
        relay.over.clear()
        relay.node, relay.since = self._relays.holder(relay.account), self._clock.now()
        try:
            await self._exchange.follow(relay.key)
            self._exchange.want([relay.key])
            async with asyncio.TaskGroup() as beside:
                # Whoever may poll by now must not wait for a node that does not answer.
                asking = beside.create_task(self._ask_until_answered(relay))
                await relay.over.wait()
                asking.cancel()
        finally:
            relay.since, relay.is_silent = None, False
            await self._exchange.unfollow(relay.key)
        last, relay.news = relay.news, None
        return last

    def tell(self, relay: Relay) -> None:
        if not self._wants.have(relay.key) or not self._exchange.is_open:
            return
        fence = self._leases.fence(relay.account)
        if fence is None or relay.is_following:
            return
        shown, is_failing = relay.feed.shown(), relay.feed.is_failing()
        if relay.has_changed(shown, is_failing=is_failing):
            self._counts.published += 1
            self._exchange.tell(self._news(relay.key, fence, shown, is_failing=is_failing))

    async def run(self) -> None:
        """Look after those who follow, until cancelled."""
        async with asyncio.TaskGroup() as both:  # so that neither outlives the other
            both.create_task(self._keep_looking())
            both.create_task(self._keep_wanting())

    async def _keep_looking(self) -> None:
        while True:
            await self._clock.sleep(STEP_SECONDS)
            await self._look()

    async def _keep_wanting(self) -> None:
        """Apart, for whoever does not answer must not hold up those who take over."""
        while True:
            await self._clock.sleep(WANT_SECONDS)
            await self._say_wants()

    def told(self, news: LiveNews) -> None:
        relay = self._relays.get(news.key)
        if relay is None or not relay.is_following or self._is_past(news):
            return
        self._counts.followed += 1
        self._samples.take_in(news)
        relay.hear(news)

    def wanted(self, keys: Collection[FeedKey]) -> None:
        for key in keys:
            # Whoever does not poll it now may have to in a moment.
            self._wants.note(key)
            if self._leases.fence(key.account) is not None:
                self._keep(key)

    def freed(self, account: AccountId) -> None:
        for relay in self._relays.of(account):
            relay.node = None

    async def asked(self, key: FeedKey) -> LiveNews | None:
        fence = self._leases.fence(key.account)
        if fence is None:
            return self._heard_last(key)
        shown = self._shown_well(key)
        if shown is not None:
            return self._news(key, fence, shown, is_failing=False)
        failure: DomainError | None = None
        try:
            await self._samples.current(key)
        except (Postponed, LinkDead) as error:
            failure = error
        is_failing = isinstance(failure, EmporiaError | StorageUnavailable)
        return self._news(key, fence, None, is_failing=is_failing, failure=failure)

    def _heard_last(self, key: FeedKey) -> LiveNews | None:
        """What a node told that is gone, and can tell nobody any more."""
        relay, sample = self._relays.get(key), self._samples.newest(key)
        news = None if relay is None else relay.news
        if news is None or sample is None or self._nodes.is_there(news.node):
            return None
        return replace(news, sample=sample, age_seconds=self._samples.age_seconds(key))

    def _shown_well(self, key: FeedKey) -> Shown | None:
        """What a feed shows whose polls do not fail: it polls by itself when it is time."""
        relay = self._relays.get(key)
        if relay is None or relay.is_following or relay.feed.is_failing():
            return None
        return relay.feed.shown()

    def _news(
        self,
        key: FeedKey,
        fence: Fence,
        shown: Shown | None,
        *,
        is_failing: bool,
        failure: DomainError | None = None,
    ) -> LiveNews:
        """What is shown of the feed; of one that does not run here, what is known."""
        sample = shown[0] if shown is not None else self._samples.newest(key)
        left = 0.0 if sample is None else self._samples.fresh_seconds(key)
        return LiveNews(
            node=self._nodes.own_id,
            fence=fence,
            key=key,
            sample=sample,
            age_seconds=0.0 if sample is None else self._samples.age_seconds(key),
            next_poll_at=(
                self._clock.now() + timedelta(seconds=left)
                if shown is None
                else shown[1].next_poll_at
            ),
            budget_left=self._budgets.left(key.account),
            minute=None if shown is None else shown[1].minute,
            is_failing=is_failing,
            failure=failure,
        )

    def _is_past(self, news: LiveNews) -> bool:
        """Whether a node says it whose lease is over; it may have been paused meanwhile."""
        newest = self._fences.get(news.key.account, news.fence)
        self._fences[news.key.account] = max(newest, news.fence)
        return news.fence < newest

    async def _look(self) -> None:
        """Whoever nobody watches ends; where the node is gone that polls, this one tries."""
        for relay in self._relays.following():
            if relay.feed.is_idle():
                relay.over.set()
        await self._take_over(self._relays.following())

    def _note_taken(self, account: AccountId) -> None:
        """This node polls the account from now on, whatever of it is watched anywhere."""
        for relay in self._relays.of(account):
            relay.over.set()
        for key in self._wants.of(account):
            self._keep(key)

    async def _say_wants(self) -> None:
        self._wants.forget_old()
        following = self._relays.following()
        if following:
            self._exchange.want([relay.key for relay in following])
        now = self._clock.now()
        await asyncio.gather(*(self._ask_again(relay, now) for relay in following))

    async def _ask_again(self, relay: Relay, now: datetime) -> None:
        """Ask where news are overdue: some were lost, or another node has the account by now."""
        if not (relay.is_following and relay.is_overdue(now, by_seconds=OVERDUE_SECONDS)):
            return
        news = await self._exchange.ask(relay.key)
        if news is not None and self._nodes.is_there(news.node):
            self.told(news)
        elif relay.is_following:
            relay.node = None
            relay.fall_silent()

    async def _ask_until_answered(self, relay: Relay) -> None:
        """Have what is newest at once, of the node that polls, or that did until it was gone."""
        while (news := await self._exchange.ask(relay.key)) is None:
            await self._clock.sleep(STEP_SECONDS)
        self.told(news)
