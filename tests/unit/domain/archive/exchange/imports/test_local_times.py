"""Local times, through both changes of the clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.archive.exchange.errors import ImportRefused
from domain.archive.exchange.imports.local_times import LocalTimes, begins_late, local_time
from tests.unit.domain.archive.exchange.imports.emporia_files import NEW_YORK, local_text

LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
CHANGES = {
    "New York forward": (NEW_YORK, datetime(2025, 3, 9, 7, tzinfo=UTC)),
    "New York back": (NEW_YORK, datetime(2025, 11, 2, 6, tzinfo=UTC)),
    "Lord Howe back": (LORD_HOWE, datetime(2025, 4, 5, 15, tzinfo=UTC)),
    "Lord Howe forward": (LORD_HOWE, datetime(2025, 10, 4, 15, 30, tzinfo=UTC)),
}


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("03/31/2026 23:59:58", datetime.fromisoformat("2026-03-31T23:59:58")),
        ("03/31/26 23:59", datetime.fromisoformat("2026-03-31T23:59:00")),
        (" 3/1/2026 7:05 ", datetime.fromisoformat("2026-03-01T07:05:00")),
    ],
)
def test_both_forms_of_a_time_are_read(text, local):
    assert local_time(text, 2) == local


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-03-31T23:59",
        "13/01/2026 00:00",
        "02/30/2026 00:00",
        "03/31/1999 00:00",
        "03/31/0026 00:00",
    ],
)
def test_what_is_no_time_names_its_line(text):
    with pytest.raises(ImportRefused, match=r"^line 17: ") as refusal:
        local_time(text, 17)
    assert refusal.value.line == 17


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("width", [60, 900])
def test_every_bucket_around_a_change_is_the_one_that_was_written(change, width):
    zone, at = CHANGES[change]
    middle = int(at.timestamp())
    starts = range(middle - 3 * 3600, middle + 3 * 3600, width)
    clock = LocalTimes(zone)
    read = [
        clock.instant(local_time(local_text(start, zone), line), line)
        for line, start in enumerate(starts, start=2)
    ]
    assert read == list(starts)


@given(st.integers(0, 6 * 60 - 2), st.sampled_from(sorted(CHANGES)))
def test_wherever_a_file_begins_its_lines_are_read_as_they_were_written(skipped, change):
    zone, at = CHANGES[change]
    middle = int(at.timestamp())
    starts = range(middle - 3 * 3600 + skipped * 60, middle + 3 * 3600, 60)
    times = [local_time(local_text(start, zone), 2) for start in starts]
    clock = LocalTimes(zone, begins_late=begins_late(times, zone, width_seconds=60))
    assert [clock.instant(local, 2) for local in times] == list(starts)


def test_a_time_that_the_clocks_skipped_is_refused():
    with pytest.raises(ImportRefused, match="03/09/2025 02:30:00 does not exist in America"):
        LocalTimes(NEW_YORK).instant(datetime.fromisoformat("2025-03-09T02:30:00"), 3)


@pytest.mark.parametrize(
    "second",
    [datetime.fromisoformat("2026-03-01T12:00:00"), datetime.fromisoformat("2026-03-01T11:59:00")],
)
def test_a_line_that_does_not_go_on_is_refused(second):
    clock = LocalTimes(NEW_YORK)
    clock.instant(datetime.fromisoformat("2026-03-01T12:00:00"), 2)
    with pytest.raises(ImportRefused, match="is not after the line before") as refusal:
        clock.instant(second, 3)
    assert refusal.value.line == 3


def test_an_hour_does_not_come_a_third_time():
    clock = LocalTimes(NEW_YORK)
    local = datetime.fromisoformat("2025-11-02T01:30:00")
    first, second = clock.instant(local, 2), clock.instant(local, 3)
    assert second - first == 3600
    with pytest.raises(ImportRefused):
        clock.instant(local, 4)


def test_a_file_whose_lines_come_back_begins_in_the_first_of_two_equal_hours():
    texts = ("01:58", "01:59", "01:00", "01:01")
    times = [datetime.fromisoformat(f"2025-11-02T{text}:00") for text in texts]
    assert not begins_late(times, NEW_YORK, width_seconds=60)


def test_a_file_within_the_hour_that_comes_twice_is_of_the_first():
    assert not begins_late(
        [datetime.fromisoformat("2025-11-02T01:30:00")], NEW_YORK, width_seconds=60
    )
