"""The feeds that run: one for each account, scale and unit that somebody watches."""

import asyncio
from collections.abc import Callable

from application.live.feed import LiveFeed
from application.live.open_streams import OpenStream
from application.live.subscription import FeedKey, Subscription
from domain.emporia.links import AccountId


class LiveFeeds:
    """Starts a feed for its first watcher and owns its task until the feed stops itself."""

    def __init__(self, make_feed: Callable[[FeedKey], LiveFeed]) -> None:
        self._make_feed = make_feed
        self._feeds: dict[FeedKey, LiveFeed] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def watch(self, stream: OpenStream, account: AccountId) -> None:
        """Let the stream watch this account, in place of the one it may have watched."""
        key = stream.subscription.key(account)
        if stream.watched == key:
            return
        self.leave(stream)
        stream.watched = key
        feed = self._feeds.get(key)
        if feed is None:
            feed = self._feeds[key] = self._make_feed(key)
            self._start(key, feed)
        feed.join(stream.outlet, stream.subscription.view)

    def resubscribe(self, stream: OpenStream, subscription: Subscription) -> None:
        """Let the stream show something else of the account that it watches."""
        watched = stream.watched
        stream.subscription = subscription
        if watched is None:
            return
        if subscription.key(watched.account) == watched:
            self._feeds[watched].change_view(stream.outlet, subscription.view)
        else:
            self.watch(stream, watched.account)

    def are_failing(self, stream: OpenStream) -> bool:
        """Whether the polls fail of what the stream watches."""
        feed = self._feeds.get(stream.watched) if stream.watched is not None else None
        return feed is not None and feed.is_failing

    def leave(self, stream: OpenStream) -> None:
        """Let the stream watch nothing."""
        if stream.watched is None:
            return
        feed = self._feeds.get(stream.watched)
        stream.watched = None
        if feed is not None:
            feed.leave(stream.outlet)

    async def close(self) -> None:
        """Stop every feed and wait until it has stopped."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _start(self, key: FeedKey, feed: LiveFeed) -> None:
        async def run() -> None:
            try:
                while not feed.is_idle():
                    await feed.run()
            finally:
                del self._feeds[key]

        task = asyncio.create_task(run(), name=f"feed of account {key.account}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
