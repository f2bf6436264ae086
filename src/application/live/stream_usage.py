"""Watching an account live, for as long as the token, the link and the user last."""

import math
from dataclasses import dataclass, replace

from application.accounts.check_access import CheckAccess
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.live.feed.feeds import LiveFeeds
from application.live.feed.outlet import Outlet, StreamEnd
from application.live.feed.subscription import PLAIN, Subscription
from application.live.open_streams import OpenStream, OpenStreams
from application.live.replay.admit_replay import AdmitReplay
from application.ports.accounts.access_tokens import AccessClaims
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.accounts.callers.visits import VisitOf, unseen
from domain.accounts.errors import KeyNotAllowed
from domain.accounts.keys import ApiKey, KeyScope, is_key
from domain.accounts.users import UserId
from domain.emporia.cloud.budget_shares import Purpose
from domain.errors import AccessTokenInvalid


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamUsage:
    """Opens, prolongs and closes streams."""

    check_access: CheckAccess
    links: EmporiaLinkRepository
    directory: DeviceDirectory
    open_streams: OpenStreams
    feeds: LiveFeeds
    admit_replay: AdmitReplay
    clock: Clock

    async def open(self, token: str, outlet: Outlet, visit_of: VisitOf = unseen) -> OpenStream:
        """A stream for the token's user that watches nothing yet.

        Raises AccessTokenInvalid, UserNotFound, KeyNotAllowed or TooManyStreams. Whoever opens must
        `close`.
        """
        if is_key(token):
            caller = await self.check_access(token)
            return await self.open_for(caller.claims, outlet, key=caller.key)
        return await self.open_for(self.check_access.read(token), outlet, visit_of)

    async def open_for(
        self,
        claims: AccessClaims,
        outlet: Outlet,
        visit_of: VisitOf = unseen,
        *,
        key: ApiKey | None = None,
    ) -> OpenStream:
        """A stream for whom these claims name; a key's own with the key. Raises as above."""
        if key is not None and KeyScope.STREAM not in key.scopes:
            raise KeyNotAllowed
        stream = OpenStream(
            user_id=claims.user_id,
            login_id=claims.login_id,
            login_at=claims.login_at,
            expires_at=claims.expires_at,
            outlet=outlet,
            key=key,
            subscription=_shown(PLAIN, claims.user_id, key),
        )
        # Taken in before the checks that wait, so that a logout meanwhile finds it.
        self.open_streams.add(stream)
        try:
            if key is None:
                await self.check_access.caller(claims, visit_of)
            else:
                await self.check_owner(stream)
        except BaseException:
            self.open_streams.remove(stream)
            raise
        return stream

    async def check_owner(self, stream: OpenStream) -> None:
        """Raise AccessTokenInvalid where what the stream lives on is over, or UserNotFound."""
        if stream.key is not None:
            await self.check_access.check_key.owner_of(stream.key)
        else:
            await self.check_access.user_of(
                stream.user_id, login_id=stream.login_id, login_at=stream.login_at
            )

    async def watch(self, stream: OpenStream) -> None:
        """Let frames come: from the user's linked account, or the end where there is none."""
        link = await self.links.of_user(stream.user_id)
        if stream.watched is not None or stream.outlet.has_ended:
            return  # a change of the link came first
        if link is None:
            stream.outlet.end(StreamEnd.NO_DEVICES)
        elif link.is_dead:
            stream.outlet.end(StreamEnd.LINK_DEAD)
        else:
            self.feeds.watch(stream, link.account)

    async def check(self, stream: OpenStream, subscription: Subscription) -> Subscription:
        """The subscription as it can be in force, a replay's with its panel.

        Raises InvalidInput where it names devices of another account, and a ReplayRefused. Where
        Emporia has to be asked for the devices, raises what EmporiaCalls raises.
        """
        view = _shown(subscription, stream.user_id, stream.key).view
        if subscription.wants_replay:
            panel = await self.admit_replay(stream, view.gids, limits=view.limits)
            return replace(subscription, panel=panel)
        if view.gids is None:
            return subscription
        link = await self.links.of_user(stream.user_id)
        if link is not None:
            customer = await self.directory.customer(
                link, Purpose.READ, max_age_seconds=LOOKUP_AGE_SECONDS
            )
            customer.require(view.gids, limits=view.limits)
        return subscription

    def subscribe(self, stream: OpenStream, subscription: Subscription) -> None:
        """Let the stream show something else from the next frame on."""
        self.feeds.resubscribe(stream, _shown(subscription, stream.user_id, stream.key))

    async def prolong(self, stream: OpenStream, token: str) -> None:
        """Let the stream live on another token; raises AccessTokenInvalid unless of the same user.

        UserNotFound is raised when the user has left. Whoever is refused has to `close`. A stream
        of a key lives on that key alone, and no other stream does.
        """
        if is_key(token) or stream.key is not None:
            caller = await self.check_access(token)
            if stream.key is None or caller.key is None or caller.key.id != stream.key.id:
                raise AccessTokenInvalid
            return
        claims = self.check_access.read(token)
        if claims.user_id != stream.user_id:
            raise AccessTokenInvalid
        # Taken over before the checks that wait, so that a logout meanwhile finds it.
        stream.login_id = claims.login_id
        stream.login_at = claims.login_at
        stream.expires_at = claims.expires_at
        self.open_streams.expect_end(stream)
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


def _shown(subscription: Subscription, user_id: UserId, key: ApiKey | None) -> Subscription:
    """The same of what the user, or the key of theirs, may see: costs are of whole homes."""
    if key is not None and key.limits is not None:
        return replace(subscription, view=replace(subscription.view, limits=key.limits))
    if subscription.wants_costs:
        return replace(subscription, view=replace(subscription.view, priced_for=user_id))
    return subscription
