"""Hours add up to days, months and bills, to the unit, wherever the home is."""

from bisect import bisect_right
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.archive.buckets import bucket_start
from domain.archive.grid import Grid
from domain.archive.hours import SCALE_OF
from domain.archive.months import Timeline
from domain.archive.recording.reading import figures_of
from domain.archive.spans import HOUR_SECONDS, month_at
from domain.emporia.devices import Location
from domain.emporia.usage import Scale
from tests.unit.domain.archive.hours_made import (
    buckets_told,
    hour_told,
    months_kept,
    random_chunks,
)
from tests.unit.domain.archive.readings import chance, chunk

ZONES = {
    "America/New_York in spring": ("America/New_York", 2026, 2, {23, 24}),
    "America/New_York in autumn": ("America/New_York", 2025, 10, {24, 25}),
    "Asia/Kolkata": ("Asia/Kolkata", 2026, 5, {24}),
    "Asia/Kathmandu": ("Asia/Kathmandu", 2026, 5, {24}),
    "Lord Howe in autumn": ("Australia/Lord_Howe", 2026, 3, {24, 24.5}),
    "Lord Howe in spring": ("Australia/Lord_Howe", 2026, 9, {23.5, 24}),
    "Apia and its lost day": ("Pacific/Apia", 2011, 12, {24}),
}


def bill(zone: str, year: int, month: int) -> tuple[Location, int, int]:
    """The billing period that begins on the 20th of this month, in seconds since 1970."""
    location = Location(ZoneInfo(zone), 20)
    noon = datetime(year, month, 25, 12, tzinfo=UTC)
    start = bucket_start(Scale.MONTH, noon, location)
    grid = Grid.of(Scale.MONTH, start, noon, location, most_buckets=1)
    return location, grid.start, grid.end


def grid(scale: Scale, start: int, end: int, location: Location) -> Grid:
    return Grid.of(
        scale,
        datetime.fromtimestamp(start, UTC),
        datetime.fromtimestamp(end, UTC),
        location,
        most_buckets=1_000_000,
    )


def random_month(seed: str, start: int, end: int) -> tuple[Timeline, list[tuple[int, int, int]]]:
    """What is kept around the period, and the buckets of each hour's source, told slowly."""
    first, last = month_at(start)[0], month_at(end)[1]
    chunks = random_chunks(chance(seed), first, last)
    told = buckets_told(chunks)
    months = months_kept(chunks, first, last)
    buckets = [bucket for at in range(first, last, HOUR_SECONDS) for bucket in hour_told(told, at)]
    return Timeline(list(months.values())), buckets


@pytest.mark.parametrize("place", ZONES)
def test_days_are_as_long_as_the_zone_has_them(place) -> None:
    zone, year, month, lengths = ZONES[place]
    location, start, end = bill(zone, year, month)
    days = grid(Scale.DAY, start, end, location)
    assert days.start == start
    assert days.end == end
    assert {(days.end_of(at) - days.starts[at]) / 3600 for at in range(len(days.starts))} == lengths


def test_the_day_that_apia_lost_is_no_bucket() -> None:
    location, start, end = bill("Pacific/Apia", 2011, 12)
    days = grid(Scale.DAY, start, end, location)
    dates = [datetime.fromtimestamp(at, location.zone).date().isoformat() for at in days.starts]
    assert "2011-12-29" in dates
    assert "2011-12-30" not in dates
    assert dates.index("2011-12-31") == dates.index("2011-12-29") + 1
    assert len(dates) == 30  # from the 20th to the 19th are 31


@pytest.mark.parametrize("place", ZONES)
def test_buckets_make_hours_days_and_bills_to_the_unit(place) -> None:
    zone, year, month, _ = ZONES[place]
    location, start, end = bill(zone, year, month)
    timeline, buckets = random_month(place, start, end)

    for scale in (Scale.DAY, Scale.MONTH):
        told = grid(scale, start, end, location)
        expected = [0] * len(told.starts)
        for at, width, value in buckets:
            place_of = bisect_right(told.starts, at) - 1
            since, until = told.starts[max(0, place_of)], told.end_of(max(0, place_of))
            if since <= at < until and _counts(at, width, since, until):
                expected[place_of] += value
        assert expected == [
            timeline.total(since, told.end_of(each)).millijoules
            for each, since in enumerate(told.starts)
        ]


def _counts(at: int, width: int, since: int, until: int) -> bool:
    """Of an hour that a day's edge cuts only quarters and finer buckets can be told."""
    begins = at // HOUR_SECONDS * HOUR_SECONDS
    is_cut = begins < since or begins + HOUR_SECONDS > until
    return not (is_cut and width == HOUR_SECONDS)


@pytest.mark.parametrize("place", ZONES)
def test_days_sum_to_their_bill_where_quarter_hours_are_known(place) -> None:
    zone, year, month, _ = ZONES[place]
    location, start, end = bill(zone, year, month)
    random = chance(place)
    values: dict[int, float] = {}
    chunks = []
    at, last = month_at(start)[0], month_at(end)[1]
    while at < last:
        upto = month_at(at)[1]
        usages = [random.uniform(-1, 2) for _ in range(at, upto, 900)]
        values.update(zip(range(at, upto, 900), usages, strict=True))
        chunks.append(chunk(Scale.QUARTER_HOUR, list(usages), start=at, read_at=2_000_000_000))
        at = upto
    timeline = Timeline(list(months_kept(chunks, month_at(start)[0], last).values()))

    def total(scale: Scale) -> int:
        told = grid(scale, start, end, location)
        return sum(
            timeline.total(told.starts[at], told.end_of(at)).millijoules
            for at in range(len(told.starts))
        )

    of_bill = sum(
        figures_of([usage]).millijoules[0] for at, usage in values.items() if start <= at < end
    )
    assert total(Scale.MONTH) == total(Scale.DAY) == of_bill
    whole = timeline.total(start, end)
    assert whole.known_seconds == end - start
    assert whole.is_settled
    if start % HOUR_SECONDS == end % HOUR_SECONDS == 0:
        assert total(Scale.HOUR) == of_bill
    assert SCALE_OF[timeline.source(start)] is Scale.QUARTER_HOUR
