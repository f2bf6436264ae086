"""When an account's feeds poll next: as the data comes, and as slowly as the budget asks."""

from collections import defaultdict

from application.emporia.cloud.request_budgets import RequestBudgets
from application.live.feed.subscription import FeedKey
from application.ports.clock import Clock
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from domain.errors import BudgetSpent
from domain.live.pacing import NATURAL_SECONDS, poll_pause_seconds, share_of_polls

LONGEST_SPENT_SECONDS = 60.0
"""Somebody may raise the limit meanwhile."""


class PollPace:
    """Shares what an account's budget allows among the feeds that poll it."""

    def __init__(self, *, budgets: RequestBudgets, clock: Clock) -> None:
        self._budgets = budgets
        self._clock = clock
        self._polled_until: defaultdict[AccountId, dict[FeedKey, float]] = defaultdict(dict)

    async def pause_seconds(self, key: FeedKey, *, unchanged_polls: int) -> float:
        """The pause between two polls of this feed; a second where there is no limit to keep."""
        return poll_pause_seconds(
            key.scale if self._budgets.have_limit else Scale.SECOND,
            unchanged_polls=unchanged_polls,
            slow_down_seconds=await self.slow_down_seconds(key),
        )

    async def slow_down_seconds(self, key: FeedKey) -> float:
        """The least pause that the budget leaves between two polls of this feed.

        Whoever asks is taken to go on polling: the feeds of an account share one pace.
        """
        if not self._budgets.have_limit:
            return 0.0
        slow_down = await self._budgets.slow_down_seconds(key.account)
        now = self._clock.monotonic()
        polled = self._polled_until[key.account]
        for other in [other for other, until in polled.items() if until < now]:
            del polled[other]
        polled[key] = now
        slow_down *= max(1.0, sum(share_of_polls(each.scale) for each in polled))
        pause = max(slow_down, NATURAL_SECONDS[key.scale])
        polled[key] += 2 * pause
        return slow_down

    def keep_room(self, key: FeedKey, *, seconds: float) -> None:
        """Count with a feed that asks once so often whatever the budget: the others slow down."""
        self._polled_until[key.account][key] = self._clock.monotonic() + 2 * seconds


def pause_when_spent(spent: BudgetSpent) -> float:
    """For how many seconds a spent budget is believed to be spent."""
    return min(spent.retry_after_seconds or LONGEST_SPENT_SECONDS, LONGEST_SPENT_SECONDS)
