"""A feed among nodes: it polls where its node holds the account, and follows where another does."""

import logging
from datetime import datetime
from typing import Any

from application.ending import is_told_to_end
from application.live.cluster.relay import FeedSide, Relay
from application.live.cluster.relays import Relays
from application.live.feed.feed import LiveFeed
from application.live.feed.subscription import FeedKey
from application.live.freshness import Freshness
from application.ports.live.sample_exchange import LiveNews
from domain.emporia.errors import LeaseLost

PATIENCE_SECONDS = 0.5
"""A node that polls answers whoever joins at once; where none does, what is kept is shown soon."""

AGAIN_SECONDS = 1.0
"""How long after a lease was lost, and had again, the next poll is."""

HOLD_SECONDS = 2.0
"""How often whoever polls seldom looks whether the account is still this node's to poll."""

logger = logging.getLogger(__name__)


class SharedFeed(LiveFeed):
    """Shows on every node what one of them polls, in the same second."""

    def __init__(self, key: FeedKey, *, relays: Relays, **parts: Any) -> None:
        super().__init__(key, **parts)
        self._patience_seconds = PATIENCE_SECONDS
        self._relay = Relay(among=relays, key=key, feed=self._side())

    @property
    def is_failing(self) -> bool:
        """Whether the polls fail, here or there."""
        return super().is_failing or self._relay.is_failing

    async def _serve(self) -> None:
        relay = self._relay
        relay.open()
        try:
            if await relay.hold():
                await self._begin()
            while not self.is_idle():
                await self._take_turn()
        finally:
            relay.close()

    async def _take_turn(self) -> None:
        """Poll once, or follow whoever does for as long as that is another node."""
        try:
            if not await self._relay.hold():
                await self._follow()
                return
            await self._poll_once()
            self._relay.tell()
            await self._rest()
        except Exception:
            if is_told_to_end():
                raise
            # As with polls: a bug in here must not freeze the picture of those who watch.
            logger.exception("sharing account %d broke", self._key.account)
            await self._clock.sleep(AGAIN_SECONDS)

    async def _follow(self) -> None:
        """Show what another node tells; when the account is this one's, poll where it left off."""
        news = await self._relay.follow()
        pause = 0.0 if news is None else (news.next_poll_at - self._clock.now()).total_seconds()
        self._schedule.plan(self._clock.monotonic() + max(0.0, pause))
        await self._rest()

    async def _rest(self) -> None:
        """Until the poll is due, as long as the account is held here."""
        while (rest := self._schedule.due - self._clock.monotonic()) > 0:
            await self._clock.sleep(min(rest, HOLD_SECONDS))
            if not await self._relay.hold():
                return

    async def _fail(self, reason: str, retry_after_seconds: float | None = None) -> float:
        """What failed because another node polls by now, or did for a moment, is no outage."""
        if not await self._relay.hold():
            return self._clock.monotonic()
        if reason == LeaseLost.__name__:
            return self._clock.monotonic() + AGAIN_SECONDS
        return await super()._fail(reason, retry_after_seconds)

    def _side(self) -> FeedSide:
        return FeedSide(
            shown=self._newest,
            is_failing=lambda: self._outage.is_on,
            is_idle=self.is_idle,
            hear=self._hear,
            fall_silent=self._tell_failing,
        )

    def _hear(self, news: LiveNews, was_failing: bool) -> None:
        """Another node has news, which the samples know already."""
        was_failing = was_failing or self._outage.is_on
        self._outage.forget()
        if news.is_failing and not was_failing:
            self._tell_failing()
        if news.sample is not None:
            self._release()

    def _send(self) -> None:
        super()._send()
        self._relay.tell()

    def _freshness(self, now: datetime, *, is_stale: bool) -> Freshness:
        news = self._relay.news
        if news is None:
            return super()._freshness(now, is_stale=is_stale)
        return Freshness(
            is_stale=is_stale,
            next_poll_at=max(now, news.next_poll_at),
            budget_left=news.budget_left,
            minute=news.minute,
        )
