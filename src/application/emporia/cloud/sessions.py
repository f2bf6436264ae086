"""Keeps the tokens of each link fresh; callers who need a refresh at once share it."""

from contextlib import suppress
from dataclasses import dataclass, field

from application.emporia.cloud.gates import Gates
from application.emporia.cloud.renewal import OUTAGES, Renewed, RenewTokens
from application.emporia.cloud.single_flight import SingleFlight
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.emporia.leases import Fence, Leases
from application.ports.emporia.renewal_turns import RenewalTurns
from application.ports.events import Events
from domain.emporia.cloud.breaker import Trouble
from domain.emporia.events import LinkDied, LinkRenewed
from domain.emporia.links import EmporiaLink, EmporiaTokens
from domain.errors import EmporiaTimedOut, EmporiaTokenRefused, LinkDead, NotLinked

LOOK_SECONDS = 0.25
MOST_LOOKS = 120
"""How long another node may take to renew a link: no call to Emporia lasts so long."""


@dataclass(slots=True, kw_only=True, eq=False)
class EmporiaSessions:
    """Hands out id tokens that Emporia takes.

    A failed refresh is followed by a growing pause, link by link.
    """

    links: EmporiaLinkRepository
    leases: Leases
    turns: RenewalTurns
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
        """In turn with other nodes; what one of them fetched meanwhile is as good."""
        for _ in range(MOST_LOOKS):
            if await self.turns.begin(link.user_id):
                try:
                    return await self._refresh_in_turn(link)
                finally:
                    await self.turns.end(link.user_id)
            await self.clock.sleep(LOOK_SECONDS)
            _, tokens = await self._current(link)
            if tokens != link.tokens:
                return tokens
        raise EmporiaTimedOut

    async def _refresh_in_turn(self, link: EmporiaLink) -> EmporiaTokens:
        fence = self.leases.fence(link.account)
        current, tokens = await self._current(link)
        if tokens != link.tokens:
            return tokens
        try:
            renewed = await self._ask(current, tokens)
        except EmporiaTokenRefused:
            if not await self._mark_as_dead(current, fence):
                with suppress(NotLinked):
                    return await self._kept_meanwhile(link)
            raise LinkDead from None
        signed_in_at = renewed.signed_in_at
        newer = current.with_tokens(renewed.tokens, signed_in_at=signed_in_at)
        if not await self.links.replace_tokens(newer, instead_of=tokens, fence=fence):
            return await self._kept_meanwhile(link)
        if signed_in_at != current.signed_in_at:
            await self.events.publish(LinkRenewed(user_id=link.user_id, account=link.account))
        return renewed.tokens

    async def _kept_meanwhile(self, link: EmporiaLink) -> EmporiaTokens:
        """What another node kept, whose turn began before this node knew that its own was over."""
        _, tokens = await self._current(link)
        return tokens

    async def _current(self, link: EmporiaLink) -> tuple[EmporiaLink, EmporiaTokens]:
        """The link as it is kept; raises NotLinked or LinkDead."""
        current = await self.links.of_user_anew(link.user_id)
        if current is None or current.linked_at != link.linked_at:
            raise NotLinked
        if current.tokens is None:
            raise LinkDead
        return current, current.tokens

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

    async def _mark_as_dead(self, link: EmporiaLink, fence: Fence | None) -> bool:
        dead = link.with_tokens(None)
        if not await self.links.replace_tokens(dead, instead_of=link.tokens, fence=fence):
            return False
        await self.events.publish(LinkDied(user_id=link.user_id, account=link.account))
        return True


def _sign_in(link: EmporiaLink) -> str:
    """The link's refreshes, as breakers are named."""
    return f"the sign-in of user {link.user_id}"
