"""The clock of one account's live usage: when to poll, and a frame every second."""

import asyncio
import logging
from datetime import datetime

from application.emporia.cloud.request_budgets import RequestBudgets
from application.ending import is_told_to_end
from application.live.feed.fan_out import FanOut
from application.live.feed.linger import Linger
from application.live.feed.outage import Outage
from application.live.feed.outlet import Outlet, StreamEnd, StreamNotice
from application.live.feed.poll_pace import PollPace, pause_when_spent
from application.live.feed.samples import LiveSamples
from application.live.feed.schedule import Schedule
from application.live.feed.subscription import FeedKey, View
from application.live.feed.ticks import tick
from application.live.freshness import Freshness
from application.live.live_counts import LiveCounts
from application.live.newest_minute import NewestMinute
from application.ports.billing.cost_board import CostBoard
from application.ports.clock import Clock
from application.ports.events import Events
from application.ports.live.frame_encoder import FrameEncoder
from application.ports.randomness import Randomness
from domain.emporia.cloud.breaker import pause_seconds
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.samples import UsageSample
from domain.errors import BudgetSpent, EmporiaError, LinkDead, StorageUnavailable
from domain.live.pacing import stale_after_seconds

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 2.0
"""How long the first frame waits for a new sample before an older one is shown."""


class LiveFeed:
    """Polls while somebody watches, and sends the newest sample every second.

    Polling and sending are two tasks, so that a slow poll delays no frame. A failed poll is told
    once to everybody; frames go on with the newest sample there is.
    """

    def __init__(
        self,
        key: FeedKey,
        *,
        samples: LiveSamples,
        budgets: RequestBudgets,
        pace: PollPace,
        encoder: FrameEncoder,
        clock: Clock,
        events: Events,
        randomness: Randomness,
        counts: LiveCounts,
        costs: CostBoard,
        tick_seconds: float = 1.0,
    ) -> None:
        self._key = key
        self._samples, self._budgets, self._pace = samples, budgets, pace
        self._clock, self._tick_seconds = clock, tick_seconds
        self._patience_seconds = PATIENCE_SECONDS
        self._randomness = randomness
        self._minute, self._counts = NewestMinute(feed=key, samples=samples), counts
        self._outlets = FanOut(
            key.account, newest=self._newest, encoder=encoder, counts=counts, costs=costs
        )
        self._outage = Outage(key.account, events=events)
        self._linger = Linger(clock)
        self._linkless_polls = self._unchanged_polls = 0
        self._knows_rhythm = self._has_recalled = False
        self._schedule = Schedule(key.account, clock=clock)
        # What was known before the feed began may be past its time: `run` looks.
        self._is_held = samples.newest(key) is not None

    def join(self, outlet: Outlet, view: View) -> None:
        """Let an outlet have the newest frame at once, and then one every second."""
        if self.is_failing:
            outlet.put_notice(StreamNotice.POLLS_FAILING)
        self._linger.end()
        self._outlets.add(outlet, view)

    def change_view(self, outlet: Outlet, view: View) -> None:
        """Let an outlet that has joined see something else from now on."""
        self._outlets.remove(outlet)
        self._outlets.add(outlet, view)

    def leave(self, outlet: Outlet) -> None:
        """Send this outlet nothing more."""
        self._outlets.remove(outlet)
        if self._outlets.is_empty:
            self._linger.begin()

    @property
    def is_failing(self) -> bool:
        """Whether the polls fail."""
        return self._outage.is_on

    def keep(self) -> None:
        """Go on for a while though nobody may watch here: somebody does on another node."""
        if self._outlets.is_empty:
            self._linger.begin()

    def is_idle(self) -> bool:
        """Whether nobody has watched for a while."""
        return self._linger.is_over

    async def run(self) -> None:
        """Poll and send until nobody has watched for a while."""
        ticks = asyncio.create_task(
            tick(self._send, self._tick_seconds, clock=self._clock, counts=self._counts)
        )
        patience = asyncio.create_task(self._release_in_time())
        try:
            await self._serve()
        finally:
            for task in (ticks, patience):
                task.cancel()
            await asyncio.gather(ticks, patience, return_exceptions=True)

    async def _serve(self) -> None:
        await self._begin()
        while not self.is_idle():
            await self._poll_once()
            await self._schedule.sleep()

    async def _poll_once(self) -> None:
        self._schedule.plan_in_place(not_before=await self._poll())
        self._release()

    def _send(self) -> None:
        self._outlets.send()

    async def _begin(self) -> None:
        """Take a sample that somebody has just got for the first poll, and wait for the second."""
        self._schedule.plan(self._clock.monotonic())
        if self._samples.newest(self._key) is None:
            return
        try:
            pause = await self._pace.pause_seconds(self._key, unchanged_polls=1)
        except StorageUnavailable:
            return  # the poll meets it too, and tells
        age = self._samples.age_seconds(self._key)
        if age < pause:
            self._release()
            self._knows_rhythm, self._unchanged_polls = True, 1
            self._schedule.plan_in_place(not_before=self._schedule.due + pause - age)
            await self._schedule.sleep()

    def _release(self) -> None:
        """Let the first frames go, with whatever is known."""
        self._is_held = False
        if not self._outlets.has_sent:
            self._outlets.send()

    async def _release_in_time(self) -> None:
        await self._clock.sleep(self._patience_seconds)
        if not self._outlets.has_sent:
            await self._recall()
            self._release()

    async def _poll(self) -> float:
        """Make the poll that is due; the earliest time of the next one."""
        try:
            return await self._ask()
        except Exception as bug:
            if is_told_to_end():
                raise
            # A bug in here must not freeze the picture of those who watch without a word.
            logger.exception("poll of account %d broke", self._key.account)
            return await self._fail(type(bug).__name__)

    async def _ask(self) -> float:
        """Poll, and take in what comes of it; the earliest time of the next poll.

        After a success that counts from when the poll was due, so that one which began late does
        not put off the next.
        """
        started = self._schedule.due
        key = self._minute.key if self._minute.is_due() else self._key
        before = self._samples.newest(key)
        try:
            sample = await self._samples.poll(key, Purpose.STREAM)
        except BudgetSpent as spent:
            await self._recall()
            return self._clock.monotonic() + pause_when_spent(spent)
        except LinkDead:
            self._linkless_polls += 1
            if self._linkless_polls > 1:  # the first may fall into a change of the link
                self._outlets.tell(lambda outlet: outlet.end(StreamEnd.LINK_DEAD))
            return self._clock.monotonic() + 1.0
        except StorageUnavailable as failure:
            return await self._fail(type(failure).__name__)
        except EmporiaError as failure:
            earliest = await self._fail(type(failure).__name__, failure.retry_after_seconds)
            # A failed poll costs as much as another: an outage must not eat the day's budget.
            slow_down = await self._pace.slow_down_seconds(self._key)
            return max(earliest, self._clock.monotonic() + slow_down)
        return started + await self._succeed(before, sample)

    async def _fail(self, reason: str, retry_after_seconds: float | None = None) -> float:
        """Tell the outage when it begins; the earliest time of the next poll.

        A breaker says when that is; what is no outage of Emporia's is tried as seldom.
        """
        await self._recall()
        if not self._outage.is_on:
            self._tell_failing()
        self._knows_rhythm, self._unchanged_polls = False, 0
        await self._outage.note_failure(reason)
        if retry_after_seconds is None:
            fraction = self._randomness.fraction()
            retry_after_seconds = pause_seconds(self._outage.failures, fraction=fraction)
        return self._clock.monotonic() + retry_after_seconds

    def _tell_failing(self) -> None:
        self._outlets.tell(lambda outlet: outlet.put_notice(StreamNotice.POLLS_FAILING))

    async def _succeed(self, before: UsageSample | None, sample: UsageSample) -> float:
        """Take the sample in; the pause until the next is worth asking for."""
        is_new = before is None or before.devices != sample.devices
        # After a time without polls nobody knows how long the sample has been there.
        is_on_time = is_new and self._knows_rhythm
        self._unchanged_polls = 0 if is_on_time else self._unchanged_polls + 1
        self._knows_rhythm = True
        self._linkless_polls = 0
        await self._outage.note_success()
        return await self._pace.pause_seconds(self._key, unchanged_polls=self._unchanged_polls)

    async def _recall(self) -> None:
        """Show what was known before a restart, where the cloud does not answer; looked up once."""
        has_recalled, self._has_recalled = self._has_recalled, True
        if not has_recalled:
            await self._samples.recall(self._key)

    def _newest(self) -> tuple[UsageSample, Freshness] | None:
        sample = self._samples.newest(self._key)
        if sample is None or self._is_held:
            return None
        is_stale = self._samples.age_seconds(self._key) > stale_after_seconds(self._key.scale)
        return sample, self._freshness(self._clock.now(), is_stale=is_stale)

    def _freshness(self, now: datetime, *, is_stale: bool) -> Freshness:
        return Freshness(
            is_stale=is_stale,
            next_poll_at=self._schedule.told(now),
            budget_left=self._budgets.left(self._key.account),
            minute=self._minute.known(),
        )
