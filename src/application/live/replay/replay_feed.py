"""The clock of one panel's replay: a fetch every minute, and a frame for every second."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from math import floor

from application.emporia.cloud.request_budgets import RequestBudgets
from application.ending import is_told_to_end
from application.live.feed.fan_out import FanOut
from application.live.feed.feeds import Feed, GoLive
from application.live.feed.linger import LINGER_SECONDS, Linger
from application.live.feed.outage import Outage
from application.live.feed.outlet import Outlet, StreamEnd, StreamNotice
from application.live.feed.poll_pace import PollPace, pause_when_spent
from application.live.feed.schedule import place_of
from application.live.feed.subscription import FeedKey, View
from application.live.freshness import Freshness
from application.live.live_counts import LiveCounts
from application.live.replay.panel_seconds import FetchedSeconds, PanelSeconds
from application.ports.billing.cost_board import CostBoard
from application.ports.clock import Clock
from application.ports.events import Events
from application.ports.live.frame_encoder import FrameEncoder
from application.ports.randomness import Randomness
from domain.emporia.cloud.breaker import pause_seconds
from domain.emporia.samples import UsageSample
from domain.errors import BudgetSpent, EmporiaError, LinkDead, StorageUnavailable, UnknownDevice
from domain.live.minutes import MINUTE
from domain.live.playback import LONGEST_DELAY, Playback, Shown, Span, fetch_pause

logger = logging.getLogger(__name__)

EARLY_WAKE = 0.05
"""The part of a second by which a sleeper may wake too early without ticking twice."""

FETCHES_KEPT = 3
"""More than what is not shown yet can come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayMeans:
    """What every replay needs."""

    seconds: PanelSeconds
    budgets: RequestBudgets
    pace: PollPace
    encoder: FrameEncoder
    clock: Clock
    events: Events
    randomness: Randomness
    counts: LiveCounts
    costs: CostBoard


class ReplayFeed(Feed):
    """Fetches while somebody watches, and sends each second once, in order.

    While fetches fail, what is held is sent to its end, and then nothing: no frame is invented.
    """

    def __init__(self, key: FeedKey, panel: int, go_live: GoLive, means: ReplayMeans) -> None:
        self._key = key
        self._panel = panel
        self._go_live = go_live
        self._means = means
        self._clock = means.clock
        self._outlets = FanOut(
            key.account,
            newest=self._newest,
            encoder=means.encoder,
            counts=means.counts,
            costs=means.costs,
        )
        self._outage = Outage(key.account, events=means.events)
        self._playback = Playback()
        self._fetches: list[tuple[Span, FetchedSeconds]] = []
        self._current: tuple[UsageSample, Shown] | None = None
        self._next_fetch_at = self._clock.now()
        self._linkless_fetches = 0
        self._linger = Linger(self._clock)

    def join(self, outlet: Outlet, view: View) -> None:
        """Let an outlet have the second that is shown at once, and then each as it is shown."""
        if self._outage.is_on:
            outlet.put_notice(StreamNotice.POLLS_FAILING)
        self._linger.end()
        self._outlets.add(outlet, view)

    def change_view(self, outlet: Outlet, view: View) -> None:
        """A replay has one view for each outlet: whoever asks again gets no second twice."""

    def leave(self, outlet: Outlet) -> None:
        """Send this outlet nothing more."""
        self._outlets.remove(outlet)
        if self._outlets.is_empty:
            self._linger.begin()

    def keep(self) -> None:
        """Each node replays for itself: nobody elsewhere wants this one."""

    @property
    def is_failing(self) -> bool:
        """Whether the fetches fail."""
        return self._outage.is_on

    def is_idle(self) -> bool:
        """Whether nobody has watched for a while."""
        return self._linger.is_over

    async def run(self) -> None:
        """Fetch and send until nobody has watched for a while."""
        ticks = asyncio.create_task(self._tick_every_second())
        try:
            while not self.is_idle():
                pause = await self._fetch()
                self._next_fetch_at = self._clock.now() + timedelta(seconds=pause)
                await self._clock.sleep(pause)
        finally:
            ticks.cancel()
            await asyncio.gather(ticks, return_exceptions=True)

    async def _fetch(self) -> float:
        """Make the fetch that is due; the pause until the next."""
        try:
            return await self._ask()
        except Exception as bug:
            if is_told_to_end():
                raise
            # A bug in here must not freeze the picture of those who watch without a word.
            logger.exception("fetch of seconds of account %d broke", self._key.account)
            return await self._fail(type(bug).__name__)

    async def _ask(self) -> float:
        self._means.pace.keep_room(self._key, seconds=MINUTE)
        span = self._playback.wanted(self._time())
        try:
            fetched = await self._means.seconds.fetch(self._key, self._panel, span)
        except BudgetSpent as spent:
            return pause_when_spent(spent)
        except LinkDead:
            self._linkless_fetches += 1
            if self._linkless_fetches > 1:  # the first may fall into a change of the link
                self._outlets.tell(lambda outlet: outlet.end(StreamEnd.LINK_DEAD))
            return 1.0
        except UnknownDevice:
            self._give_up(StreamNotice.PANEL_GONE)
            return LINGER_SECONDS
        except (StorageUnavailable, EmporiaError) as failure:
            return await self._fail(type(failure).__name__, failure.retry_after_seconds)
        self._linkless_fetches = 0
        self._playback.take_in(span, fetched.first, fetched.usages)
        self._fetches = [*self._fetches, (span, fetched)][-FETCHES_KEPT:]
        await self._outage.note_success()
        return fetch_pause(self._time(), place=place_of(self._key.account))

    async def _fail(self, reason: str, retry_after_seconds: float | None = None) -> float:
        """Tell the outage when it begins; the pause until the next fetch."""
        if not self._outage.is_on:
            self._outlets.tell(lambda outlet: outlet.put_notice(StreamNotice.POLLS_FAILING))
        await self._outage.note_failure(reason)
        if retry_after_seconds is not None:
            return retry_after_seconds
        return pause_seconds(self._outage.failures, fraction=self._means.randomness.fraction())

    def _give_up(self, notice: StreamNotice) -> None:
        """Say why there is nothing to replay, and let everybody see what is newest."""
        self._outlets.tell(lambda outlet: outlet.put_notice(notice))
        self._go_live(self._key)

    async def _tick_every_second(self) -> None:
        while True:
            now = self._time()
            due = floor(now + EARLY_WAKE) + 1
            await self._clock.sleep(due - now)
            self._means.counts.lag.add(max(0.0, self._time() - due))
            try:
                self._show_next()
            except Exception:
                # One second that can't be shown must not stop the clock.
                logger.exception("a second of account %d can't be shown", self._key.account)

    def _show_next(self) -> None:
        shown = self._playback.next_second(self._now_second())
        if shown is None:
            return
        sample = self._means.seconds.sample(self._fetch_of(shown), shown.second, shown.usage)
        self._current = (sample, shown)
        if shown.follows_gap:
            self._outlets.tell(lambda outlet: outlet.put_notice(StreamNotice.SECONDS_SKIPPED))
        self._outlets.send()
        if shown.ends_flat:
            self._give_up(StreamNotice.SECONDS_FLAT)

    def _fetch_of(self, shown: Shown) -> FetchedSeconds:
        """The last fetch that asked for the second."""
        return next(
            (
                fetched
                for span, fetched in reversed(self._fetches)
                if span.start <= shown.second < span.end
            ),
            self._fetches[-1][1],
        )

    def _newest(self) -> tuple[UsageSample, Freshness] | None:
        """The second that is shown; none where it is one from before a pause."""
        if self._current is None:
            return None
        sample, shown = self._current
        age = self._now_second() - shown.second
        if age > LONGEST_DELAY:
            return None
        return sample, Freshness(
            is_stale=False,
            next_poll_at=max(self._clock.now(), self._next_fetch_at),
            budget_left=self._means.budgets.left(self._key.account),
            quality=shown.quality,
            age_seconds=age,
        )

    def _now_second(self) -> int:
        return floor(self._time() + EARLY_WAKE)

    def _time(self) -> float:
        return self._clock.now().timestamp()
