"""The feeds that run: one for each account, scale and unit that somebody watches."""

import asyncio
import contextvars
from collections import defaultdict
from collections.abc import Callable
from typing import Protocol

from application.live.feed.outlet import Outlet
from application.live.feed.subscription import FeedKey, Subscription, View
from application.live.open_streams import OpenStream
from application.ports.archive.watchers import Watchers
from domain.emporia.links import AccountId
from domain.live.pacing import share_of_polls


class Feed(Protocol):
    """Serves all who watch the same."""

    @property
    def is_failing(self) -> bool:
        """Whether its polls fail."""
        ...

    def join(self, outlet: Outlet, view: View) -> None:
        """Let an outlet have frames."""
        ...

    def change_view(self, outlet: Outlet, view: View) -> None:
        """Let an outlet that has joined see something else from now on."""
        ...

    def leave(self, outlet: Outlet) -> None:
        """Send this outlet nothing more."""
        ...

    def keep(self) -> None:
        """Go on for a while though nobody may watch here: somebody does on another node."""
        ...

    def is_idle(self) -> bool:
        """Whether nobody has watched for a while."""
        ...

    async def run(self) -> None:
        """Serve until nobody has watched for a while."""
        ...


GoLive = Callable[[FeedKey], None]
"""Lets whoever watches a replay watch what is newest from now on."""


class LiveFeeds(Watchers):
    """Starts a feed for its first watcher and owns its task until the feed stops itself."""

    def __init__(
        self,
        make_feed: Callable[[FeedKey], Feed],
        make_replay: Callable[[FeedKey, int, GoLive], Feed] | None = None,
    ) -> None:
        self._make_feed = make_feed
        self._make_replay = make_replay
        self._feeds: dict[FeedKey, Feed] = {}
        self._watched: defaultdict[FeedKey, int] = defaultdict(int)
        self._replayed: defaultdict[FeedKey, set[OpenStream]] = defaultdict(set)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def count(self) -> int:
        """How many run."""
        return len(self._feeds)

    def are_watched(self, account: AccountId) -> bool:
        """Whether anybody watches the account; a feed lingers a while after the last one left."""
        return any(key.account == account for key in self._feeds)

    def watch(self, stream: OpenStream, account: AccountId) -> None:
        """Let the stream watch this account, in place of the one it may have watched."""
        key = stream.subscription.key(account)
        if stream.watched == key:
            return
        self.leave(stream)
        stream.watched = key
        self._watched[key] += 1
        if key.panel is not None:
            self._replayed[key].add(stream)
        self._running(key).join(stream.outlet, stream.subscription.shown)

    def keep(self, key: FeedKey) -> None:
        """Let the feed go on for a while though nobody may watch it here: others do elsewhere."""
        self._running(key).keep()

    def resubscribe(self, stream: OpenStream, subscription: Subscription) -> None:
        """Let the stream show something else of the account that it watches."""
        watched = stream.watched
        stream.subscription = subscription
        if watched is None:
            return
        if subscription.key(watched.account) == watched:
            self._feeds[watched].change_view(stream.outlet, subscription.shown)
        else:
            self.watch(stream, watched.account)

    def go_live(self, key: FeedKey) -> None:
        """Let whoever watches this replay watch what is newest from now on."""
        for stream in tuple(self._replayed.get(key, ())):
            self.resubscribe(stream, stream.subscription.gone_live())

    def are_failing(self, stream: OpenStream) -> bool:
        """Whether the polls fail of what the stream watches."""
        feed = self._feeds.get(stream.watched) if stream.watched is not None else None
        return feed is not None and feed.is_failing

    def have(self, key: FeedKey) -> bool:
        """Whether somebody watches this."""
        return key in self._watched

    def shares_beside(self, stream: OpenStream, account: AccountId) -> float:
        """How much the account's feeds claim of its polls, but for one that this stream alone has.

        One is a poll a minute.
        """
        return sum(
            share_of_polls(key.scale)
            for key, count in self._watched.items()
            if key.account == account and count > (stream.watched == key)
        )

    def leave(self, stream: OpenStream) -> None:
        """Let the stream watch nothing."""
        key = stream.watched
        if key is None:
            return
        stream.watched = None
        self._watched[key] -= 1
        if not self._watched[key]:
            del self._watched[key]
        if key.panel is not None:
            self._replayed[key].discard(stream)
            if not self._replayed[key]:
                del self._replayed[key]
        feed = self._feeds.get(key)
        if feed is not None:
            feed.leave(stream.outlet)

    async def close(self) -> None:
        """Stop every feed and wait until it has stopped."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _running(self, key: FeedKey) -> Feed:
        feed = self._feeds.get(key)
        if feed is None:
            feed = self._feeds[key] = self._make(key)
            self._start(key, feed)
        return feed

    def _make(self, key: FeedKey) -> Feed:
        if key.panel is None or self._make_replay is None:
            return self._make_feed(key)
        return self._make_replay(key, key.panel, self.go_live)

    def _start(self, key: FeedKey, feed: Feed) -> None:
        async def run() -> None:
            try:
                while not feed.is_idle():
                    await feed.run()
            finally:
                del self._feeds[key]

        # A feed is its account's: what it says is not about whoever happened to come first.
        task = asyncio.create_task(
            run(), name=f"feed of account {key.account}", context=contextvars.Context()
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
