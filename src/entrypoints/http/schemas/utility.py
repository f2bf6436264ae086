"""What travels over HTTP about the utility's own readings."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from msgspec import Struct

from application.billing.utility.compare_hours import BothBills
from application.billing.utility.keep_readings import KeptFile
from application.billing.utility.read_readings import ToldReadings
from domain.archive.energy import Energy
from domain.billing.utility.compare import Finding, HourPair
from domain.instants import format_instant, format_seconds
from entrypoints.http.schemas.contract import Instant


class KeptFileAnswer(Struct, rename="camel"):
    """What of a file is kept; `leftOut` says in sentences what is not."""

    device_gid: int
    hours: int
    quarters: int
    start: Instant
    end: Instant
    left_out: list[str]

    @classmethod
    def of(cls, kept: KeptFile) -> "KeptFileAnswer":
        """All of it."""
        return cls(
            device_gid=kept.home,
            hours=kept.hours,
            quarters=kept.quarters,
            start=format_seconds(kept.start),
            end=format_seconds(kept.end),
            left_out=list(kept.left_out),
        )


class FindingAnswer(Struct):
    """What a difference looks like: a reason, its number where it has one, and a sentence."""

    reason: str
    number: float | None
    sentence: str

    @classmethod
    def of(cls, finding: Finding) -> "FindingAnswer":
        """A finding."""
        return cls(reason=finding.reason, number=finding.number, sentence=finding.sentence)


class UtilityHour(Struct, rename="camel"):
    """An hour of the utility's; what was taken here is null where the archive does not know it."""

    start: Instant
    utility_kwh: float
    kwh: float | None
    difference_kwh: float | None


class UtilityDay(Struct, rename="camel"):
    """A local day: the hours that both know, what was taken in them by each, and the difference.

    `hours` are the utility's, `compared` those of them that the archive knows.
    """

    day: str
    hours: int
    compared: int
    utility_kwh: float
    kwh: float
    difference_kwh: float


class UtilityBills(Struct, rename="camel"):
    """What the hours that both know cost by the home's tariff, by each."""

    currency: str
    amount: Decimal
    utility_amount: Decimal

    @classmethod
    def of(cls, bills: BothBills | None) -> "UtilityBills | None":
        """None where there is no tariff, or no common hour."""
        if bills is None:
            return None
        return cls(currency=bills.currency.code, amount=bills.ours, utility_amount=bills.theirs)


class UtilityAnswer(Struct, rename="camel"):
    """The utility's readings beside the archive's: in all, by day and by hour.

    `since` and `changedAt` are of all that is kept; `compared` is how many hours both know, and
    energy, taken from the grid, and bills are of those alone. `difference` is of here less there.
    """

    device_gid: int
    zone: str
    since: Instant
    changed_at: Instant
    compared: int
    utility_kwh: float
    kwh: float
    difference_kwh: float
    findings: list[FindingAnswer]
    bills: UtilityBills | None
    days: list[UtilityDay]
    hours: list[UtilityHour]

    @classmethod
    def of(cls, told: ToldReadings) -> "UtilityAnswer":
        """All of it."""
        comparison = told.comparison
        pairs = () if comparison is None else tuple(comparison.pairs)
        theirs, ours, difference = _in_all(pairs)
        known = {pair.start: pair for pair in pairs}
        return cls(
            device_gid=told.home,
            zone=told.zone,
            since=format_seconds(told.since),
            changed_at=format_instant(told.changed_at),
            compared=len(pairs),
            utility_kwh=theirs,
            kwh=ours,
            difference_kwh=difference,
            findings=[]
            if comparison is None
            else [FindingAnswer.of(finding) for finding in comparison.findings],
            bills=UtilityBills.of(told.bills),
            days=_days(told, known),
            hours=[
                UtilityHour(
                    start=format_seconds(start),
                    utility_kwh=_kwh(hour.imported),
                    kwh=_kwh(known[start].ours) if start in known else None,
                    difference_kwh=_kwh(known[start].ours - hour.imported)
                    if start in known
                    else None,
                )
                for start, hour in told.hours.items()
            ],
        )


def _days(told: ToldReadings, known: dict[int, HourPair]) -> list[UtilityDay]:
    zone = ZoneInfo(told.zone)
    by_day: defaultdict[str, list[int]] = defaultdict(list)
    for start in told.hours:
        by_day[datetime.fromtimestamp(start, UTC).astimezone(zone).date().isoformat()].append(start)
    return [
        _day(day, len(starts), [known[start] for start in starts if start in known])
        for day, starts in by_day.items()
    ]


def _day(day: str, hours: int, pairs: list[HourPair]) -> UtilityDay:
    theirs, ours, difference = _in_all(pairs)
    return UtilityDay(
        day=day,
        hours=hours,
        compared=len(pairs),
        utility_kwh=theirs,
        kwh=ours,
        difference_kwh=difference,
    )


def _in_all(pairs: Sequence[HourPair]) -> tuple[float, float, float]:
    """The kWh of these hours by the utility and here, and how much more it is here."""
    theirs, ours = sum(pair.theirs for pair in pairs), sum(pair.ours for pair in pairs)
    return _kwh(theirs), _kwh(ours), _kwh(ours - theirs)


def _kwh(millijoules: int) -> float:
    return Energy(millijoules).kilowatt_hours
