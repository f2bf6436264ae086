import asyncio
from datetime import UTC, datetime
from uuid import UUID

from application.live.feed.feed import LiveFeed
from application.live.feed.feeds import LiveFeeds
from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import Outlet
from application.live.feed.subscription import View
from application.live.open_streams import OpenStream
from domain.accounts.users import UserId
from domain.emporia.links import AccountId

HOME = AccountId(42)


class FeedThatStops(LiveFeed):
    """A feed that is joined by somebody just while it stops for want of readers."""

    def __init__(self) -> None:
        self.runs = 0

    def join(self, _: Outlet, __: View) -> None:
        """Somebody watches."""

    def is_idle(self) -> bool:
        return self.runs == 2

    async def run(self) -> None:
        self.runs += 1


async def test_a_feed_that_is_joined_while_it_stops_goes_on() -> None:
    feed = FeedThatStops()
    feeds = LiveFeeds(lambda _: feed)
    stream = OpenStream(
        user_id=UserId(UUID(int=1)),
        login_id="login",
        login_at=datetime(2026, 3, 1, tzinfo=UTC),
        expires_at=datetime(2026, 3, 1, tzinfo=UTC),
        outlet=Mailbox(),
    )
    feeds.watch(stream, HOME)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert feed.runs == 2
    await feeds.close()
