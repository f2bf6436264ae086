"""How often polls and sign-ins ended how, and who is not asked for now."""

from collections import Counter
from collections.abc import Mapping

from application.ports.events import Events
from domain.accounts.events import SignedIn, SignInRefused
from domain.emporia.events import BreakerClosed, BreakerOpened
from domain.live.events import PollFailed, SampleTaken


class CountOutcomes:
    """Hears of each poll and each sign-in; outcomes that may come are there from the start."""

    def __init__(self) -> None:
        self._polls = Counter(answered=0)
        self._sign_ins = Counter(accepted=0, refused=0)
        self._open_breakers: set[str] = set()

    def listen(self, events: Events) -> None:
        """Hear of polls, sign-ins and breakers."""
        events.subscribe(SampleTaken, self._answered)
        events.subscribe(PollFailed, self._failed)
        events.subscribe(SignedIn, self._accepted)
        events.subscribe(SignInRefused, self._refused)
        events.subscribe(BreakerOpened, self._opened)
        events.subscribe(BreakerClosed, self._closed)

    @property
    def polls(self) -> Mapping[str, int]:
        """Polls of Emporia: `answered`, or the kind of failure."""
        return dict(self._polls)

    @property
    def sign_ins(self) -> Mapping[str, int]:
        """Sign-ins to the gateway: `accepted` or `refused`."""
        return dict(self._sign_ins)

    @property
    def breakers_open(self) -> int:
        """Accounts, sign-ins and clouds that are not asked until a probe succeeds."""
        return len(self._open_breakers)

    async def _opened(self, event: BreakerOpened) -> None:
        self._open_breakers.add(event.partner)

    async def _closed(self, event: BreakerClosed) -> None:
        self._open_breakers.discard(event.partner)

    async def _answered(self, _: SampleTaken) -> None:
        self._polls["answered"] += 1

    async def _failed(self, event: PollFailed) -> None:
        self._polls[event.reason] += 1

    async def _accepted(self, _: SignedIn) -> None:
        self._sign_ins["accepted"] += 1

    async def _refused(self, _: SignInRefused) -> None:
        self._sign_ins["refused"] += 1
