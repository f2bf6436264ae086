"""Keeps the tokens of each link fresh; callers who need a refresh at once share it."""

from dataclasses import dataclass, field

from application.emporia.cloud.gates import Gates
from application.emporia.cloud.renewal import OUTAGES, Renewed, RenewTokens
from application.emporia.cloud.single_flight import SingleFlight
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from domain.emporia.cloud.breaker import Trouble
from domain.emporia.events import LinkDied, LinkRenewed
from domain.emporia.links import EmporiaLink, EmporiaTokens
from domain.errors import EmporiaTokenRefused, LinkDead, NotLinked


@dataclass(slots=True, kw_only=True, eq=False)
class EmporiaSessions:
    """Hands out id tokens that Emporia takes.

    A failed refresh is followed by a growing pause, link by link.
    """

    links: EmporiaLinkRepository
    renew_tokens: RenewTokens
    gates: Gates
    events: Events
    clock: Clock
    refreshes: SingleFlight[EmporiaTokens] = field(default_factory=SingleFlight)

    async def tokens(self, link: EmporiaLink, *, ahead: bool = True) -> EmporiaTokens:
        """Tokens that have not expired; refreshed `ahead`, while they still serve, if so wished.

        Nobody waits for a refresh but who has nothing that serves, and not even they once it is
        known that refreshes fail. Raises LinkDead, NotLinked (unlinked meanwhile) or what the
        user pool raised.
        """
        if link.tokens is None:
            raise LinkDead
        now = self.clock.now()
        if not link.tokens.want_refresh(now):
            return link.tokens
        if not link.tokens.have_expired(now):
            if ahead:
                self._start_refresh(link)
            return link.tokens
        breaker = await self.gates.peek(_sign_in(link))
        if breaker.is_known_outage:
            self._start_refresh(link)
            raise self.gates.refusal(breaker)
        return await self.renew(link)

    async def renew(self, link: EmporiaLink) -> EmporiaTokens:
        """Tokens newer than the link's, whoever fetched them; raises as above.

        One refresh or sign-in a link at a time.
        """
        return await self.refreshes((link.user_id, link.linked_at), lambda: self._refresh(link))

    async def close(self) -> None:
        """Stop the refreshes that run."""
        await self.refreshes.close()

    def _start_refresh(self, link: EmporiaLink) -> None:
        self.refreshes.start((link.user_id, link.linked_at), lambda: self._refresh(link))

    async def _refresh(self, link: EmporiaLink) -> EmporiaTokens:
        current = await self.links.of_user(link.user_id)
        if current is None or current.linked_at != link.linked_at:
            raise NotLinked
        if current.tokens is None:
            raise LinkDead
        if current.tokens != link.tokens:
            return current.tokens
        try:
            renewed = await self._ask(current, current.tokens)
        except EmporiaTokenRefused:
            await self._mark_as_dead(current)
            raise LinkDead from None
        signed_in_at = renewed.signed_in_at
        if not await self.links.replace_tokens(
            current.with_tokens(renewed.tokens, signed_in_at=signed_in_at)
        ):
            raise NotLinked
        if signed_in_at != current.signed_in_at:
            await self.events.publish(LinkRenewed(user_id=link.user_id, account=link.account))
        return renewed.tokens

    async def _ask(self, link: EmporiaLink, tokens: EmporiaTokens) -> Renewed:
        permit = await self.gates.begin(_sign_in(link))
        try:
            renewed = await self.renew_tokens(link, tokens)
        except OUTAGES as failure:
            breaker = await self.gates.fail(
                permit, Trouble.of(failure), retry_after_seconds=failure.retry_after_seconds
            )
            raise self.gates.refusal(breaker) from failure
        except EmporiaTokenRefused:
            await self.gates.succeed(permit)
            raise
        else:
            await self.gates.succeed(permit)
            return renewed
        finally:
            await self.gates.give_up(permit)

    async def _mark_as_dead(self, link: EmporiaLink) -> None:
        if await self.links.replace_tokens(link.with_tokens(None)):
            await self.events.publish(LinkDied(user_id=link.user_id, account=link.account))


def _sign_in(link: EmporiaLink) -> str:
    """The link's refreshes, as breakers are named."""
    return f"the sign-in of user {link.user_id}"
