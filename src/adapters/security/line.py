"""Those who wait for one kind of turn, in the order that is fair to their networks."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from application.ports.accounts.passwords import HasLeft
from domain.accounts.callers.networks import Network

LATELY_SECONDS = 60.0
"""For how long a turn of a network counts against its next one."""


@dataclass(slots=True, eq=False, kw_only=True)
class Waiter:
    """One caller; `called` tells whether there is a turn, and if not, when to come again.

    No error lies in it: whoever raises one that they hold makes garbage that is hardly ever looked
    for, and in a flood that is much.
    """

    network: Network | None
    has_left: HasLeft
    called: asyncio.Future[bool] = field(default_factory=asyncio.Future)
    retry_after_seconds: float | None = None

    def is_gone(self) -> bool:
        """Whether nobody waits any more: cancelled, or the caller has hung up."""
        return self.called.done() or self.has_left()

    def send_away(self, retry_after_seconds: float) -> None:
        """There will be no turn."""
        if not self.called.done():
            self.retry_after_seconds = retry_after_seconds
            self.called.set_result(False)


Choose = Callable[[Sequence[Waiter]], Waiter]


class RecentTurns:
    """How many turns each network has had lately; memory holds a minute's."""

    def __init__(self, timer: Callable[[], float]) -> None:
        self._timer = timer
        self._turns: deque[tuple[float, Network | None]] = deque()
        self._of: Counter[Network | None] = Counter()

    def count(self, network: Network | None) -> None:
        """The network has a turn now."""
        self._turns.append((self._timer(), network))
        self._of[network] += 1

    def of(self, network: Network | None) -> int:
        """How many it has had, those that go on with them."""
        self._forget_the_old()
        return self._of[network]

    def _forget_the_old(self) -> None:
        until = self._timer() - LATELY_SECONDS
        while self._turns and self._turns[0][0] <= until:
            _, network = self._turns.popleft()
            self._of[network] -= 1
            if not self._of[network]:
                del self._of[network]


class Line:
    """Next is whose network has had the fewest turns lately, and of those who came first.

    When the line is too long, those give way whose network has had or waits for most; among equals
    chance decides. So nobody holds the line by coming first, often, or with many at once: what
    counts is the number of networks.
    """

    def __init__(self, *, recent: RecentTurns, choose: Choose) -> None:
        self._recent = recent
        self._choose = choose
        self._waiting: list[Waiter] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, waiter: Waiter) -> None:
        """Take in who comes."""
        self._waiting.append(waiter)

    def shorten(self, most: int) -> Iterator[Waiter]:
        """Those who have to go until no more than so many wait; they wait no longer."""
        while len(self._waiting) > most:
            given_up = self._who_gives_way()
            self._waiting.remove(given_up)
            yield given_up

    def next(self) -> Waiter | None:
        """Whose turn it is; they wait no longer. None where nobody does."""
        if not self._waiting:
            return None
        first = min(self._waiting, key=lambda waiter: self._recent.of(waiter.network))
        self._waiting.remove(first)
        return first

    def remove(self, waiter: Waiter) -> None:
        """Let somebody go who waits no longer; twice does no harm."""
        if waiter in self._waiting:
            self._waiting.remove(waiter)

    def _who_gives_way(self) -> Waiter:
        gone = next((waiter for waiter in self._waiting if waiter.is_gone()), None)
        if gone is not None:
            return gone
        burdens = list(self._burdens())
        most = max(burdens)
        pairs = zip(self._waiting, burdens, strict=True)
        return self._choose([waiter for waiter, burden in pairs if burden == most])

    def _burdens(self) -> Iterator[int]:
        """For each who waits: what their network has had lately, and waits for before them."""
        ahead: Counter[Network | None] = Counter()
        for waiter in self._waiting:
            yield self._recent.of(waiter.network) + ahead[waiter.network]
            ahead[waiter.network] += 1
