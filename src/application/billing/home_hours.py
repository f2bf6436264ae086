"""The hours that the archive holds of series, for a plan of what has to be known."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.archive.months import Months
from domain.archive.months import Month
from domain.archive.series import Series, SeriesName
from domain.archive.spans import HOUR_SECONDS
from domain.billing.bills.costs import Plan
from domain.emporia.links import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeHours:
    """Reads them; Emporia is asked for nothing."""

    months: Months

    async def __call__(
        self, account: AccountId, names: Sequence[SeriesName], plan: Plan, *, now: int
    ) -> list[list[Month]]:
        """What is kept of each; nothing is of the time to come. Raises StorageUnavailable."""
        start = plan.start
        end = max(start + HOUR_SECONDS, min(plan.after, now + HOUR_SECONDS))
        return [await self.months.between(Series(account, name), start, end) for name in names]
