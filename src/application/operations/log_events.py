"""What an operator reads in the log of sign-ins, links and outages: ids, never names."""

import logging

from application.ports.events import Events
from domain.accounts.events import SignedIn, SignInRefused
from domain.emporia.events import LinkDied, LinkMade, LinkRemoved
from domain.live.events import PollFailed, PollsRecovered

logger = logging.getLogger(__name__)


class LogEvents:
    """Writes one line for each event that an operator may want to know of."""

    def listen(self, events: Events) -> None:
        """Hear of sign-ins, links, and polls that fail and recover."""
        events.subscribe(SignedIn, self._signed_in)
        events.subscribe(SignInRefused, self._sign_in_refused)
        events.subscribe(LinkMade, self._link_made)
        events.subscribe(LinkRemoved, self._link_removed)
        events.subscribe(LinkDied, self._link_died)
        events.subscribe(PollFailed, self._poll_failed)
        events.subscribe(PollsRecovered, self._polls_recovered)

    async def _signed_in(self, event: SignedIn) -> None:
        logger.info("user %s signed in", event.user_id)

    async def _sign_in_refused(self, event: SignInRefused) -> None:
        logger.info("a sign-in as %s was refused", event.user_id or "nobody we know")

    async def _link_made(self, event: LinkMade) -> None:
        logger.info("user %s linked account %d", event.user_id, event.account)

    async def _link_removed(self, event: LinkRemoved) -> None:
        logger.info("user %s unlinked their account", event.user_id)

    async def _link_died(self, event: LinkDied) -> None:
        logger.warning("the link of account %d died: its refresh token is refused", event.account)

    async def _poll_failed(self, event: PollFailed) -> None:
        if event.failures == 1:  # an outage is told once, and its end
            logger.warning("polls of account %d fail: %s", event.account, event.reason)

    async def _polls_recovered(self, event: PollsRecovered) -> None:
        logger.info("polls of account %d succeed again", event.account)
