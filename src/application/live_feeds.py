"""The feeds that run: one for each account that somebody watches."""

import asyncio
from collections.abc import Callable

from application.live_feed import LiveFeed
from application.open_streams import OpenStream
from domain.emporia import AccountId


class LiveFeeds:
    """Starts a feed for its first watcher and owns its task until the feed stops itself."""

    def __init__(self, make_feed: Callable[[AccountId], LiveFeed]) -> None:
        self._make_feed = make_feed
        self._feeds: dict[AccountId, LiveFeed] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def watch(self, stream: OpenStream, account: AccountId) -> None:
        """Let the stream watch this account instead of the one it watched."""
        if stream.account == account:
            return
        self.leave(stream)
        stream.account = account
        feed = self._feeds.get(account)
        if feed is None:
            feed = self._feeds[account] = self._make_feed(account)
            self._start(account, feed)
        feed.join(stream.mailbox)

    def leave(self, stream: OpenStream) -> None:
        """Let the stream watch nothing."""
        if stream.account is None:
            return
        feed = self._feeds.get(stream.account)
        stream.account = None
        if feed is not None:
            feed.leave(stream.mailbox)

    async def close(self) -> None:
        """Stop every feed and wait until it has stopped."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _start(self, account: AccountId, feed: LiveFeed) -> None:
        async def run() -> None:
            try:
                while not feed.is_idle():
                    await feed.run()
            finally:
                del self._feeds[account]

        task = asyncio.create_task(run(), name=f"feed of account {account}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
