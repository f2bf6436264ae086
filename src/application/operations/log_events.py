"""What an operator reads in the log of sign-ins, links and outages: ids, never names."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from application.ports.events import Events
from domain.accounts.events import SignedIn, SignInRefused
from domain.emporia.cloud.breaker import KNOWN_AFTER
from domain.emporia.events import (
    BreakerClosed,
    BreakerOpened,
    BreakerProbed,
    DeviceBack,
    DeviceLeftOut,
    EmporiaPasswordForgotten,
    EmporiaPasswordKept,
    LinkDied,
    LinkMade,
    LinkRemoved,
    LinkRenewed,
)
from domain.events import Event
from domain.live.events import PollFailed, PollsRecovered

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """What is written of an event that is always worth one, and which of its fields."""

    level: int
    name: str
    tells: tuple[str, ...]
    sentence: str


LINES: Mapping[type[Event], Line] = {
    SignedIn: Line(logging.INFO, "signed_in", ("user_id",), "user %(user_id)s signed in"),
    LinkMade: Line(
        logging.INFO,
        "link_made",
        ("user_id", "account"),
        "user %(user_id)s linked account %(account)d",
    ),
    LinkRemoved: Line(
        logging.INFO, "link_removed", ("user_id",), "user %(user_id)s unlinked their account"
    ),
    LinkDied: Line(
        logging.WARNING,
        "link_died",
        ("account",),
        "the link of account %(account)d died: its refresh token is refused",
    ),
    LinkRenewed: Line(
        logging.INFO,
        "link_renewed",
        ("user_id", "account"),
        "the link of user %(user_id)s to account %(account)d was renewed by the kept password",
    ),
    EmporiaPasswordKept: Line(
        logging.INFO,
        "emporia_password_kept",
        ("user_id",),
        "user %(user_id)s lets their password at Emporia be kept",
    ),
    EmporiaPasswordForgotten: Line(
        logging.WARNING,
        "emporia_password_forgotten",
        ("user_id", "account"),
        "Emporia refuses the password kept by user %(user_id)s for account %(account)d: forgotten",
    ),
    DeviceLeftOut: Line(
        logging.WARNING,
        "device_left_out",
        ("gid", "account"),
        "Emporia refuses device %(gid)d of account %(account)d; polls go on without it",
    ),
    DeviceBack: Line(
        logging.INFO,
        "device_back",
        ("gid", "account"),
        "Emporia answers again for device %(gid)d of account %(account)d",
    ),
    PollsRecovered: Line(
        logging.INFO, "polls_recovered", ("account",), "polls of account %(account)d succeed again"
    ),
}


class LogEvents:
    """Writes one line for each event that an operator may want to know of."""

    def __init__(self) -> None:
        self._failing: set[str] = set()

    def listen(self, events: Events) -> None:
        """Hear of sign-ins, links, devices, outages, and polls that fail and recover."""
        for kind in LINES:
            events.subscribe(kind, self._tell)
        events.subscribe(SignInRefused, self._sign_in_refused)
        events.subscribe(BreakerOpened, self._breaker_opened)
        events.subscribe(BreakerProbed, self._breaker_probed)
        events.subscribe(BreakerClosed, self._breaker_closed)
        events.subscribe(PollFailed, self._poll_failed)

    async def _tell(self, event: Event) -> None:
        line = LINES[type(event)]
        told = {name: getattr(event, name) for name in line.tells}
        logger.log(line.level, line.sentence, {"event": line.name, **told})

    async def _sign_in_refused(self, event: SignInRefused) -> None:
        logger.info(
            "a sign-in as %(who)s was refused",
            {
                "event": "sign_in_refused",
                "user_id": event.user_id,
                "who": event.user_id or "nobody we know",
            },
        )

    async def _breaker_opened(self, event: BreakerOpened) -> None:
        # What fails less often passes before anybody reads of it; a long outage is told once.
        if event.failures >= KNOWN_AFTER and event.partner not in self._failing:
            self._failing.add(event.partner)
            logger.warning(
                "Emporia fails for %s (%s): asked again in %.0f s, then ever more seldom",
                event.partner,
                event.trouble,
                event.pause_seconds,
            )

    async def _breaker_probed(self, event: BreakerProbed) -> None:
        logger.debug("one request to Emporia for %s: is it back?", event.partner)

    async def _breaker_closed(self, event: BreakerClosed) -> None:
        if event.partner in self._failing:
            self._failing.discard(event.partner)
            logger.info("Emporia answers again for %s", event.partner)

    async def _poll_failed(self, event: PollFailed) -> None:
        if event.failures == 1:  # an outage is told once, and its end
            logger.warning(
                "polls of account %(account)d fail: %(reason)s",
                {"event": "polls_failing", "account": event.account, "reason": event.reason},
            )
