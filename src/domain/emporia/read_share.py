"""How much of an account's budget one of its users may take for questions of their own."""

from collections import deque
from itertools import accumulate

from domain.emporia.cloud.request_budget import MINUTES, SLOT
from domain.errors import BudgetSpent, InvalidInput

MINUTE_SECONDS = SLOT.total_seconds()
SPENT = "Your share of the request budget, which others of this Emporia account need too, is spent."


def share_of(limit: int, *, users: int) -> int:
    """The requests a day that one of so many users may take; at least one."""
    return max(1, limit // max(1, users))


class ReadShare:
    """Counts the requests of one user a minute, and forgets a minute as the budget does.

    Mutable, as the budget is. Times are seconds of the monotonic clock.
    """

    def __init__(self) -> None:
        self._minutes: deque[list[int]] = deque()
        self._spent = 0

    def spent(self, now: float) -> int:
        """The requests made in the 24 hours up to now."""
        while self._minutes and self._minutes[0][0] + MINUTES <= now // MINUTE_SECONDS:
            self._spent -= self._minutes.popleft()[1]
        return self._spent

    def require(self, requests: int, *, most: int, now: float) -> None:
        """Raise BudgetSpent where so many do not fit now, InvalidInput where none ever do."""
        if requests > most:
            raise InvalidInput(
                f"The range takes {requests} requests to Emporia, more than your share of {most} a "
                "day, for others have the account linked too; ask for a shorter range or a wider "
                "scale."
            )
        surplus = self.spent(now) + requests - most
        if surplus > 0:
            raise BudgetSpent(SPENT, retry_after_seconds=self._seconds_until_free(surplus, now))

    def take(self, now: float) -> None:
        """Count a request."""
        minute = int(now // MINUTE_SECONDS)
        if not self._minutes or self._minutes[-1][0] != minute:
            self._minutes.append([minute, 0])
        self._minutes[-1][1] += 1
        self._spent += 1

    def undo(self) -> None:
        """Take back a request, the newest, that did not leave after all."""
        if self._minutes and self._minutes[-1][1]:
            self._minutes[-1][1] -= 1
            self._spent -= 1

    def _seconds_until_free(self, surplus: int, now: float) -> float:
        """When enough minutes are forgotten; they hold more than the surplus, as they always do."""
        forgotten = accumulate(requests for _, requests in self._minutes)
        last = next(
            minute
            for (minute, _), freed in zip(self._minutes, forgotten, strict=True)
            if freed >= surplus
        )
        return (last + MINUTES) * MINUTE_SECONDS - now
