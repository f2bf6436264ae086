"""Open streams follow what happens to their user, their login and their link."""

import asyncio
from dataclasses import dataclass, field

from application.live.feed.feeds import LiveFeeds
from application.live.open_streams import OpenStreams
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from domain.accounts.events import KeyRevoked, LoginEnded, OtherLoginsEnded, UserRemoved
from domain.emporia.events import LinkDied, LinkMade, LinkRemoved


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowAccounts:
    """Ends streams, or moves them to another account, as soon as it is told why."""

    links: EmporiaLinkRepository
    open_streams: OpenStreams
    feeds: LiveFeeds
    following: asyncio.Lock = field(default_factory=asyncio.Lock)

    def listen(self, events: Events) -> None:
        """Hear all that open streams have to follow, on whichever node it happens."""
        events.subscribe(LoginEnded, self._end_login, anywhere=True)
        events.subscribe(OtherLoginsEnded, self._end_other_logins, anywhere=True)
        events.subscribe(KeyRevoked, self._end_key, anywhere=True)
        events.subscribe(UserRemoved, self._end_user, anywhere=True)
        events.subscribe(LinkMade, self._follow_link, anywhere=True)
        events.subscribe(LinkRemoved, self._follow_link, anywhere=True)
        events.subscribe(LinkDied, self._end_link, anywhere=True)

    async def _end_login(self, event: LoginEnded) -> None:
        self.open_streams.end_login(event.user_id, event.login_id)

    async def _end_other_logins(self, event: OtherLoginsEnded) -> None:
        self.open_streams.end_other_logins(event.user_id, kept=event.kept_login_id)

    async def _end_key(self, event: KeyRevoked) -> None:
        self.open_streams.end_login(event.user_id, str(event.key_id))

    async def _end_user(self, event: UserRemoved) -> None:
        self.open_streams.end_user_gone(event.user_id)

    async def _end_link(self, event: LinkDied) -> None:
        self.open_streams.end_link_dead(event.user_id)

    async def _follow_link(self, event: LinkMade | LinkRemoved) -> None:
        """Move the user's streams to the account that is linked now; end them without one."""
        async with self.following:
            link = await self.links.of_user(event.user_id)
            if link is None:
                self.open_streams.end_link_gone(event.user_id)
                return
            if link.is_dead:
                self.open_streams.end_link_dead(event.user_id)
                return
            for stream in self.open_streams.of_user(event.user_id):
                self.feeds.watch(stream, link.account)
