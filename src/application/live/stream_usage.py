"""Watching an account live, for as long as the token, the link and the user last."""

import math
from dataclasses import dataclass

from application.accounts.access import CheckAccess
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.live.feeds import LiveFeeds
from application.live.open_streams import OpenStream, OpenStreams
from application.live.outlet import Outlet, StreamEnd
from application.live.subscription import Subscription
from application.ports.access_tokens import AccessClaims
from application.ports.clock import Clock
from application.ports.emporia_links import EmporiaLinkRepository
from domain.emporia.request_budget import Purpose
from domain.errors import AccessTokenInvalid


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamUsage:
    """Opens, prolongs and closes streams."""

    check_access: CheckAccess
    links: EmporiaLinkRepository
    directory: DeviceDirectory
    open_streams: OpenStreams
    feeds: LiveFeeds
    clock: Clock

    async def open(self, token: str, outlet: Outlet) -> OpenStream:
        """A stream for the token's user that watches nothing yet.

        Raises AccessTokenInvalid, UserNotFound or TooManyStreams. Whoever opens must `close`.
        """
        return await self.open_for(self.check_access.read(token), outlet)

    async def open_for(self, claims: AccessClaims, outlet: Outlet) -> OpenStream:
        """A stream for whom these claims name; raises as above."""
        stream = OpenStream(
            user_id=claims.user_id,
            login_id=claims.login_id,
            login_at=claims.login_at,
            expires_at=claims.expires_at,
            outlet=outlet,
        )
        # Taken in before the checks that wait, so that a logout meanwhile finds it.
        self.open_streams.add(stream)
        try:
            await self.check_access.caller(claims)
        except BaseException:
            self.open_streams.remove(stream)
            raise
        return stream

    async def watch(self, stream: OpenStream) -> None:
        """Let frames come: from the user's linked account, or the end where there is none."""
        link = await self.links.of_user(stream.user_id)
        if stream.watched is not None or stream.outlet.has_ended:
            return  # a change of the link came first
        if link is None or link.is_dead:
            stream.outlet.end(StreamEnd.NO_DEVICES)
        else:
            self.feeds.watch(stream, link.account)

    async def check(self, stream: OpenStream, subscription: Subscription) -> None:
        """Raise InvalidInput where the subscription names devices of another account.

        Where Emporia has to be asked for the devices, raises what EmporiaCalls raises.
        """
        gids = subscription.view.gids
        link = await self.links.of_user(stream.user_id)
        if gids is not None and link is not None:
            customer = await self.directory.customer(
                link, Purpose.READ, max_age_seconds=LOOKUP_AGE_SECONDS
            )
            customer.require(gids)

    def subscribe(self, stream: OpenStream, subscription: Subscription) -> None:
        """Let the stream show something else from the next frame on."""
        self.feeds.resubscribe(stream, subscription)

    async def prolong(self, stream: OpenStream, token: str) -> None:
        """Let the stream live on another token; raises AccessTokenInvalid unless of the same user.

        UserNotFound is raised when the user has left. Whoever is refused has to `close`.
        """
        claims = self.check_access.read(token)
        if claims.user_id != stream.user_id:
            raise AccessTokenInvalid
        # Taken over before the checks that wait, so that a logout meanwhile finds it.
        stream.login_id = claims.login_id
        stream.login_at = claims.login_at
        stream.expires_at = claims.expires_at
        await self.check_access.caller(claims)

    def close(self, stream: OpenStream) -> None:
        """Forget the stream; closing twice does no harm."""
        self.feeds.leave(stream)
        self.open_streams.remove(stream)

    async def run(self) -> None:
        """End streams whose token expires, looking once a second, until cancelled."""
        while True:
            now = self.clock.now()
            self.open_streams.end_expired(now)
            seconds = now.timestamp()
            await self.clock.sleep(math.floor(seconds) + 1 - seconds)
