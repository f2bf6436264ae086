from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from domain.archive.exchange.exports import ExportFormat, grids, in_order
from domain.archive.held import Held
from domain.archive.series import SeriesName
from domain.archive.spans import span_at
from domain.emporia.devices import UNKNOWN_LOCATION, Location
from domain.emporia.usage import Scale
from domain.errors import InvalidInput

NAME = SeriesName(1000, "1,2,3")
NEW_YORK = Location(ZoneInfo("America/New_York"))
FOR_EVER = 2**40
HOUR, DAY = 3600, 86_400


def at(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp())  # type: ignore[misc,arg-type]


def held(scale: Scale, *starts: int) -> list[Held]:
    return [
        Held(name=NAME, span=span_at(scale, start), asked=1, known=1, size=1) for start in starts
    ]


def pieces(scale: Scale, chunks, *, start: int = 0, end: int = FOR_EVER, location=UNKNOWN_LOCATION):
    return list(grids(scale, chunks, start=start, end=end, location=location))


def edges(scale: Scale, chunks, **more) -> list[tuple[int, int]]:
    return [(grid.start, grid.end) for grid in pieces(scale, chunks, **more)]


def test_nothing_held_has_no_buckets() -> None:
    assert [pieces(scale, []) for scale in Scale] == [[]] * len(Scale)


def test_a_piece_is_some_chunks_and_what_is_between_has_no_buckets() -> None:
    day = at(2026, 3, 1)
    hours = [day + place * HOUR for place in (0, 1, 2, 3, 7)]
    assert edges(Scale.SECOND, held(Scale.SECOND, *hours)) == [
        (day, day + 3 * HOUR),
        (day + 3 * HOUR, day + 4 * HOUR),
        (day + 7 * HOUR, day + 8 * HOUR),
    ]


def test_the_ends_are_those_of_the_range_to_the_bucket() -> None:
    day = at(2026, 3, 1)
    chunks = held(Scale.MINUTE, day, day + DAY)
    assert edges(Scale.MINUTE, chunks, start=day + 90, end=day + 121) == [(day + 60, day + 180)]
    assert edges(Scale.MINUTE, chunks, start=day + 3 * DAY) == []


def test_what_is_held_finer_counts_and_what_is_held_wider_does_not() -> None:
    day = at(2026, 3, 1)
    chunks = [*held(Scale.SECOND, day + HOUR), *held(Scale.HOUR, at(2026, 1, 1))]
    assert edges(Scale.MINUTE, chunks) == [(day, day + DAY)]
    assert edges(Scale.HOUR, chunks) == [
        (at(2026, 1, 1), at(2026, 2, 1)),
        (day, at(2026, 4, 1)),
    ]


@pytest.mark.parametrize("scale", list(Scale))
def test_pieces_of_years_are_small_and_follow_each_other(scale) -> None:
    kept = Scale.HOUR if scale.seconds is None else scale
    step = {Scale.SECOND: HOUR, Scale.MINUTE: DAY}.get(kept, 28 * DAY)
    begin, end = at(2024, 1, 1), at(2024, 1, 3) if scale is Scale.SECOND else at(2026, 1, 1)
    chunks = held(kept, *range(begin, end, step))
    found = pieces(scale, chunks, location=NEW_YORK)
    assert len(found) > 1
    assert all(len(grid.starts) <= 11_000 for grid in found)
    assert all(before.end == after.start for before, after in pairwise(found))
    assert all(grid.location is NEW_YORK for grid in found)


def test_days_begin_at_midnight_at_home_and_run_without_a_gap() -> None:
    chunks = held(Scale.HOUR, at(2025, 1, 1), at(2026, 3, 1))
    starts = [
        start
        for grid in pieces(Scale.DAY, chunks, end=at(2026, 3, 9), location=NEW_YORK)
        for start in grid.starts
    ]
    assert starts[0] == at(2024, 12, 31, 5)
    assert starts[-1] == at(2026, 3, 8, 5)
    assert {after - before for before, after in pairwise(starts)} == {DAY - HOUR, DAY, DAY + HOUR}
    assert pieces(Scale.DAY, chunks, start=at(2027, 1, 1), location=NEW_YORK) == []


def test_series_are_sorted_by_device_then_mains_then_number() -> None:
    texts = ["1001:10", "1001:2", "1001:1,2,3", "1001:Balance", "99:1"]
    sorted_texts = [str(each) for each in sorted(map(SeriesName.parse, texts), key=in_order)]
    assert sorted_texts == ["99:1", "1001:1,2,3", "1001:Balance", "1001:2", "1001:10"]


def test_a_format_that_is_not_known_is_named() -> None:
    assert ExportFormat.parse("parquet") is ExportFormat.PARQUET
    with pytest.raises(InvalidInput, match="'xml' is not known; allowed are csv, parquet"):
        ExportFormat.parse("xml")
