"""The clock of one account's live usage: when to poll, and a frame every second."""

import asyncio
import logging
import math
from datetime import UTC, datetime

from application.emporia.request_budgets import RequestBudgets
from application.live.fan_out import FanOut
from application.live.freshness import Freshness
from application.live.newest_minute import NewestMinute
from application.live.outage import LONGEST_PAUSE_SECONDS, Outage
from application.live.outlet import Outlet, StreamEnd, StreamNotice
from application.live.poll_pace import PollPace
from application.live.samples import LiveSamples
from application.live.subscription import FeedKey, View
from application.ports.clock import Clock
from application.ports.events import Events
from application.ports.frame_encoder import FrameEncoder
from application.ports.randomness import Randomness
from domain.emporia.request_budget import Purpose
from domain.emporia.samples import UsageSample
from domain.errors import BudgetSpent, EmporiaError, LinkDead
from domain.live.pacing import stale_after_seconds

logger = logging.getLogger(__name__)

LINGER_SECONDS = 5.0
EARLY_WAKE = 0.05
"""The part of a tick by which a sleeper may wake too early without ticking twice."""
FLOAT_ERROR_SECONDS = 1e-5


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
        tick_seconds: float = 1.0,
    ) -> None:
        self._key = key
        self._samples = samples
        self._budgets = budgets
        self._pace = pace
        self._clock = clock
        self._tick_seconds = tick_seconds
        self._minute = NewestMinute(feed=key, samples=samples, clock=clock)
        self._outlets = FanOut(key.account, newest=self._newest, encoder=encoder)
        self._outage = Outage(key.account, events=events, randomness=randomness)
        self._idle_since: float | None = None
        self._linkless_polls = 0
        self._unchanged_polls = 0
        self._knows_rhythm = False
        self._due = self._time()
        # Each account's own place within the second, so that accounts do not poll in step.
        self._phase = key.account * 0.6180339887498949 % 1.0

    def join(self, outlet: Outlet, view: View) -> None:
        """Let an outlet have the newest frame at once, and then one every second."""
        if self._outage.is_on:
            outlet.put_notice(StreamNotice.POLLS_FAILING)
        self._idle_since = None
        self._outlets.add(outlet, view)

    def change_view(self, outlet: Outlet, view: View) -> None:
        """Let an outlet that has joined see something else from now on."""
        self._outlets.remove(outlet)
        self._outlets.add(outlet, view)

    def leave(self, outlet: Outlet) -> None:
        """Send this outlet nothing more."""
        self._outlets.remove(outlet)
        if self._outlets.is_empty:
            self._idle_since = self._time()

    @property
    def is_failing(self) -> bool:
        """Whether the polls fail."""
        return self._outage.is_on

    def is_idle(self) -> bool:
        """Whether nobody has watched for a while."""
        return self._idle_since is not None and self._time() - self._idle_since >= LINGER_SECONDS

    async def run(self) -> None:
        """Poll and send until nobody has watched for a while."""
        ticks = asyncio.create_task(self._tick_every_second())
        try:
            await self._begin()
            while not self.is_idle():
                self._due = self._place_in_second(not_before=await self._poll())
                if not self._outlets.has_sent:
                    self._outlets.send()
                await self._clock.sleep(self._due - self._time())
        finally:
            ticks.cancel()
            await asyncio.gather(ticks, return_exceptions=True)

    async def _begin(self) -> None:
        """Take a sample that somebody has just got for the first poll, and wait for the second."""
        self._due = self._time()
        sample = self._samples.newest(self._key)
        if sample is None:
            return
        pause = await self._pace.pause_seconds(self._key, unchanged_polls=1)
        age = self._time() - sample.received_at.timestamp()
        if 0 <= age < pause:  # less than none where the wall clock was set back
            self._knows_rhythm, self._unchanged_polls = True, 1
            self._due = self._place_in_second(not_before=self._time() + pause - age)
            await self._clock.sleep(self._due - self._time())

    async def _poll(self) -> float:
        """Make the poll that is due; the earliest time of the next one."""
        try:
            return await self._ask()
        except Exception as bug:
            # A bug in here must not freeze the picture of those who watch without a word.
            logger.exception("poll of account %d broke", self._key.account)
            return self._time() + await self._note_failure(type(bug).__name__)

    async def _ask(self) -> float:
        """Poll, and take in what comes of it; the earliest time of the next poll.

        After a success that counts from when the poll was due, so that one which began late does
        not put off the next, unless the wall clock was set back.
        """
        started = min(self._due, self._time())
        key = self._minute.key if self._minute.is_due() else self._key
        before = self._samples.newest(key)
        try:
            sample = await self._samples.poll(key, Purpose.STREAM)
        except BudgetSpent as spent:
            pause = min(spent.retry_after_seconds or LONGEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
            return self._time() + pause
        except LinkDead:
            self._linkless_polls += 1
            if self._linkless_polls > 1:  # the first may fall into a change of the link
                self._outlets.tell(lambda outlet: outlet.end(StreamEnd.NO_DEVICES))
            return self._time() + 1.0
        except EmporiaError as failure:
            return await self._fail(failure)
        return started + await self._succeed(before, sample)

    async def _fail(self, failure: EmporiaError) -> float:
        backoff_seconds = await self._note_failure(type(failure).__name__)
        # A failed poll costs as much as another: an outage must not eat the day's budget.
        slow_down_seconds = await self._pace.slow_down_seconds(self._key)
        wanted = max(backoff_seconds, failure.retry_after_seconds or 0.0, slow_down_seconds)
        return self._time() + wanted

    async def _note_failure(self, reason: str) -> float:
        """Tell the outage when it begins; how long to back off."""
        if not self._outage.is_on:
            self._outlets.tell(lambda outlet: outlet.put_notice(StreamNotice.POLLS_FAILING))
        self._knows_rhythm, self._unchanged_polls = False, 0
        return await self._outage.note_failure(reason)

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

    async def _tick_every_second(self) -> None:
        tick = self._tick_seconds
        while True:
            now = self._time()
            await self._clock.sleep((math.floor(now / tick + EARLY_WAKE) + 1) * tick - now)
            self._outlets.send()

    def _newest(self) -> tuple[UsageSample, Freshness] | None:
        sample = self._samples.newest(self._key)
        if sample is None:
            return None
        now = self._clock.now()
        age = now - sample.received_at
        return sample, Freshness(
            is_stale=age.total_seconds() > stale_after_seconds(self._key.scale),
            # A poll that runs was due a moment ago.
            next_poll_at=max(now, datetime.fromtimestamp(self._due, UTC)),
            budget_left=self._budgets.left(self._key.account),
            minute=self._minute.known(),
        )

    def _place_in_second(self, *, not_before: float) -> float:
        """The next time, not before that one, when it is the account's place in the second."""
        earliest = max(not_before, self._time()) - FLOAT_ERROR_SECONDS
        return math.ceil(earliest - self._phase) + self._phase

    def _time(self) -> float:
        return self._clock.now().timestamp()
