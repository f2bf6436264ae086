"""History over any scale, range and time zone: cut, asked for and joined as if it were one call."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.archive.buckets import bucket_start, buckets_from
from domain.archive.windows import WIDEST_WINDOW_BUCKETS, HistoryRange, Window
from domain.emporia.devices import Location
from domain.emporia.usage import ChartUsage, Scale

ZONES = [
    "America/New_York",
    "America/Santiago",
    "America/Havana",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Europe/Lisbon",
    "UTC",
]
LOCATIONS = st.builds(Location, st.sampled_from(ZONES).map(ZoneInfo), st.integers(1, 31))
INSTANTS = st.datetimes(
    min_value=datetime(2015, 1, 1),  # noqa: DTZ001 - hypothesis takes naive bounds
    max_value=datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
CLOCK_CHANGES = st.sampled_from(
    [
        datetime(2026, 3, 8, 7, tzinfo=UTC),
        datetime(2026, 11, 1, 6, tzinfo=UTC),
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2026, 4, 5, 3, tzinfo=UTC),
        datetime(2026, 9, 6, 4, tzinfo=UTC),
        datetime(2026, 4, 4, 15, tzinfo=UTC),
        datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    ]
)
NEAR_CLOCK_CHANGES = st.builds(
    lambda change, seconds: change + timedelta(seconds=seconds),
    CLOCK_CHANGES,
    st.integers(-200_000, 200_000),
)
WIDTHS = {
    Scale.SECOND: 1,
    Scale.MINUTE: 60,
    Scale.QUARTER_HOUR: 900,
    Scale.HOUR: 3600,
    Scale.DAY: 86_400,
    Scale.WEEK: 7 * 86_400,
    Scale.MONTH: 30 * 86_400,
    Scale.YEAR: 365 * 86_400,
}
SPANS = {
    Scale.SECOND: 9_000,
    Scale.MINUTE: 1_800,
    Scale.QUARTER_HOUR: 1_700,
    Scale.HOUR: 1_700,
    Scale.DAY: 900,
    Scale.WEEK: 600,
    Scale.MONTH: 250,
    Scale.YEAR: 50,
}
"""Up to two or three windows of each scale, in buckets."""


@st.composite
def ranges(draw: st.DrawFn) -> HistoryRange:
    scale = draw(st.sampled_from(Scale))
    start = draw(INSTANTS | NEAR_CLOCK_CHANGES)
    span = draw(st.floats(0.001, SPANS[scale], allow_nan=False)) * WIDTHS[scale]
    return HistoryRange(
        scale=scale,
        start=start,
        end=start + timedelta(seconds=span),
        location=draw(LOCATIONS),
        most_buckets=100_000,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """Answers like Emporia: aligned to its own buckets, perhaps one too many at either side.

    `shift` is how much later than ours its buckets start. Every bucket's value is its own start,
    null in every seventh; what is older than `retained_from` is answered as `old` says.
    """

    scale: Scale
    location: Location
    shift: timedelta = timedelta(0)
    one_before: bool = False
    one_after: bool = False
    retained_from: datetime | None = None
    old: str = "nulls"

    def chart(self, window: Window) -> ChartUsage:
        starts = self.starts(window.start, window.end)
        if self.one_before:
            starts.insert(0, self.start_of(starts[0] - timedelta(seconds=1)))
        if self.one_after:
            starts.append(next(islice(self.starts_from(starts[-1]), 1, None)))
        usages = [self.value(start) for start in starts]
        if self.old == "empty" and not any(usages):
            return ChartUsage(first_usage_instant=None, usages=[])
        return ChartUsage(first_usage_instant=starts[0], usages=usages)

    def series(self, start: datetime, end: datetime) -> ChartUsage:
        """What a cloud without any limit answers in one call."""
        starts = self.starts(start, end)
        return ChartUsage(
            first_usage_instant=starts[0], usages=[self.value(start) for start in starts]
        )

    def starts(self, start: datetime, end: datetime) -> list[datetime]:
        held_by = self.start_of(start)
        return list(takewhile(lambda each: each < end, self.starts_from(held_by)))

    def start_of(self, instant: datetime) -> datetime:
        return bucket_start(self.scale, instant - self.shift, self.location) + self.shift

    def starts_from(self, start: datetime) -> Iterator[datetime]:
        ours = buckets_from(self.scale, start - self.shift, self.location)
        return (each + self.shift for each in ours)

    def value(self, start: datetime) -> float | None:
        seconds = start.timestamp()
        forgotten = self.retained_from is not None and start < self.retained_from
        return None if forgotten or seconds // WIDTHS[self.scale] % 7 == 0 else seconds


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(ranges())
def test_windows_cover_the_range_exactly_and_none_is_too_wide(history: HistoryRange) -> None:
    windows = history.windows()
    widest = WIDEST_WINDOW_BUCKETS[history.scale]
    first = bucket_start(history.scale, history.start, history.location)
    assert (windows[0].start, windows[-1].end) == (first, history.end)
    assert all(one.end == other.start for one, other in pairwise(windows))
    assert all(one.start < one.end for one in windows)
    for window in windows:
        starts = islice(buckets_from(history.scale, window.start, history.location), widest, None)
        assert window.end <= next(starts)


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(ranges())
def test_every_bucket_starts_once_and_holds_its_own_start(history: HistoryRange) -> None:
    starts = history.bucket_starts
    assert all(one < other for one, other in pairwise(starts))
    assert starts[0] <= history.start < history.end
    assert starts[-1] < history.end
    assert all(
        bucket_start(history.scale, start, history.location) == start
        for start in (starts[0], starts[len(starts) // 2], starts[-1])
    )


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(ranges(), st.booleans(), st.booleans())
def test_joined_windows_are_the_series_of_one_call(
    history: HistoryRange, one_before: bool, one_after: bool
) -> None:
    cloud = Cloud(
        scale=history.scale,
        location=history.location,
        one_before=one_before,
        one_after=one_after,
    )
    joined = history.join([cloud.chart(window) for window in history.windows()])
    assert joined == cloud.series(history.start, history.end)
    assert len(joined.usages) == len(history.bucket_starts)


@settings(max_examples=100, deadline=None, database=None, derandomize=True)
@given(ranges(), st.floats(0, 1), st.sampled_from(["nulls", "empty"]))
def test_what_the_cloud_has_forgotten_is_null_and_moves_nothing(
    history: HistoryRange, forgotten: float, old: str
) -> None:
    cloud = Cloud(
        scale=history.scale,
        location=history.location,
        retained_from=history.start + forgotten * (history.end - history.start),
        old=old,
    )
    joined = history.join([cloud.chart(window) for window in history.windows()])
    assert joined == cloud.series(history.start, history.end)


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(ranges(), st.floats(0.01, 0.99), st.booleans(), st.booleans())
def test_a_cloud_that_aligns_otherwise_is_followed(
    history: HistoryRange, fraction: float, one_before: bool, one_after: bool
) -> None:
    shortest = {Scale.DAY: 23 * 3600, Scale.MONTH: 27 * 86_400}
    width = shortest.get(
        history.scale, WIDTHS[history.scale] - 7_200 * (WIDTHS[history.scale] > 7_200)
    )
    cloud = Cloud(
        scale=history.scale,
        location=history.location,
        shift=timedelta(seconds=fraction * width),
        one_before=one_before,
        one_after=one_after,
    )
    joined = history.join([cloud.chart(window) for window in history.windows()])
    assert joined == cloud.series(history.start, history.end)
