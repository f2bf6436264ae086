"""What one feed is to other nodes, and they to it: it follows the one that polls, or tells them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from application.live.feed.subscription import FeedKey
from application.live.freshness import Freshness
from application.ports.live.sample_exchange import LiveNews
from application.ports.nodes import NodeId
from domain.emporia.links import AccountId
from domain.emporia.samples import UsageSample

Shown = tuple[UsageSample, Freshness]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSide:
    """What a relay asks of its feed, and tells it."""

    shown: Callable[[], Shown | None]
    is_failing: Callable[[], bool]
    is_idle: Callable[[], bool]
    hear: Callable[[LiveNews, bool], None]
    """News have come, and whether the polls were failing before."""

    fall_silent: Callable[[], None]
    """The node that polls has nothing to say, and can't be asked why."""


class Among(Protocol):
    """All relays of this node."""

    async def hold(self, relay: "Relay") -> bool: ...

    async def follow(self, relay: "Relay") -> LiveNews | None: ...

    def tell(self, relay: "Relay") -> None: ...

    def open(self, relay: "Relay") -> None: ...

    def close(self, relay: "Relay") -> None: ...


@dataclass(slots=True, kw_only=True, eq=False)
class Relay:
    """One feed among nodes. `node` polls it, as far as is known here.

    `news` are what it said last, None unless somebody else polls.
    """

    among: Among
    key: FeedKey
    feed: FeedSide
    news: LiveNews | None = None
    node: NodeId | None = None
    since: datetime | None = None
    """Since when it follows (UTC); None while this node polls, or is not known not to."""

    is_silent: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)
    told: tuple[UsageSample | None, datetime | None, bool] = (None, None, False)

    @property
    def is_following(self) -> bool:
        """Whether it waits for what another node says."""
        return self.since is not None and not self.over.is_set()

    @property
    def is_failing(self) -> bool:
        """Whether somebody else polls, and fails or can't be heard."""
        return self.is_silent or (self.news is not None and self.news.is_failing)

    @property
    def account(self) -> AccountId:
        """Whose feed it is."""
        return self.key.account

    async def hold(self) -> bool:
        """Whether this node polls the account, from now on where no other does."""
        return await self.among.hold(self)

    async def follow(self) -> LiveNews | None:
        """Follow the node that polls until this one does, or nobody watches here any more.

        The last news are given back, for what follows goes on from them.
        """
        return await self.among.follow(self)

    def tell(self) -> None:
        """Tell those who follow what is shown now, where they do not know it yet."""
        self.among.tell(self)

    def open(self) -> None:
        """The feed begins."""
        self.among.open(self)

    def close(self) -> None:
        """The feed has ended."""
        self.among.close(self)

    def hear(self, news: LiveNews) -> None:
        """Take in what the node says that polls."""
        was_failing = self.is_failing
        self.node, self.news, self.is_silent = news.node, news, False
        self.feed.hear(news, was_failing)

    def fall_silent(self) -> None:
        """Nothing comes any more; said once."""
        if not self.is_failing:
            self.feed.fall_silent()
        self.is_silent = True

    def is_overdue(self, now: datetime, *, by_seconds: float) -> bool:
        """Whether news should have come so long ago."""
        expected = self.since if self.news is None else self.news.next_poll_at
        return expected is not None and (now - expected).total_seconds() >= by_seconds

    def has_changed(self, shown: Shown | None, *, is_failing: bool) -> bool:
        """Whether what is shown now was not told yet; from then on it counts as told."""
        sample, freshness = shown or (None, None)
        now = (sample, None if freshness is None else freshness.next_poll_at, is_failing)
        before, self.told = self.told, now
        return sample is not before[0] or now[1:] != before[1:]
