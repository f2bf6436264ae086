"""What is kept of the hours that a plan is priced by."""

from collections.abc import Sequence

from application.archive.months import Months
from domain.archive.months import Month
from domain.archive.series import Series, SeriesName
from domain.archive.spans import HOUR_SECONDS
from domain.billing.bills.costs import Plan
from domain.emporia.links import AccountId


async def kept_hours(
    months: Months, account: AccountId, names: Sequence[SeriesName], plan: Plan, *, now: int
) -> list[list[Month]]:
    """The months of each series, in their order; nothing is of the time to come."""
    start = plan.start
    end = max(start + HOUR_SECONDS, min(plan.after, now + HOUR_SECONDS))
    return [await months.between(Series(account, name), start, end) for name in names]
