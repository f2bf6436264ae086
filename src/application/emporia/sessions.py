"""Keeps the tokens of each link fresh; callers who need a refresh at once share it."""

from dataclasses import dataclass, field

from application.emporia.single_flight import SingleFlight
from application.ports.clock import Clock
from application.ports.emporia_links import EmporiaLinkRepository
from application.ports.emporia_user_pool import EmporiaUserPool
from application.ports.events import Events
from domain.emporia.events import LinkDied
from domain.emporia.links import EmporiaLink, EmporiaTokens
from domain.errors import (
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
    LinkDead,
    NotLinked,
)


@dataclass(slots=True, kw_only=True, eq=False)
class EmporiaSessions:
    """Hands out id tokens that Emporia takes."""

    links: EmporiaLinkRepository
    user_pool: EmporiaUserPool
    events: Events
    clock: Clock
    refreshes: SingleFlight[EmporiaTokens] = field(default_factory=SingleFlight)

    async def tokens(self, link: EmporiaLink) -> EmporiaTokens:
        """Tokens with some life left, refreshed where their end is near.

        While the user pool can't be reached, tokens that have not expired yet still serve. Raises
        LinkDead, NotLinked (unlinked meanwhile) or what the user pool raised.
        """
        if link.tokens is None:
            raise LinkDead
        now = self.clock.now()
        if not link.tokens.want_refresh(now):
            return link.tokens
        try:
            return await self.renew(link)
        except (EmporiaUnavailable, EmporiaTimedOut, EmporiaUnreadable):
            if link.tokens.have_expired(now):
                raise
            return link.tokens

    async def renew(self, link: EmporiaLink) -> EmporiaTokens:
        """Tokens newer than the link's, whoever fetched them; raises as above."""
        return await self.refreshes((link.user_id, link.linked_at), lambda: self._refresh(link))

    async def close(self) -> None:
        """Stop the refreshes that run."""
        await self.refreshes.close()

    async def _refresh(self, link: EmporiaLink) -> EmporiaTokens:
        current = await self.links.of_user(link.user_id)
        if current is None or current.linked_at != link.linked_at:
            raise NotLinked
        if current.tokens is None:
            raise LinkDead
        if current.tokens != link.tokens:
            return current.tokens
        try:
            tokens = await self.user_pool.refresh(current.tokens)
        except EmporiaTokenRefused:
            await self._mark_as_dead(current)
            raise LinkDead from None
        if not await self.links.replace_tokens(current.with_tokens(tokens)):
            raise NotLinked
        return tokens

    async def _mark_as_dead(self, link: EmporiaLink) -> None:
        if await self.links.replace_tokens(link.with_tokens(None)):
            await self.events.publish(LinkDied(user_id=link.user_id, account=link.account))
