from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from domain.archive.buckets import bucket_start, buckets_from, next_bucket
from domain.emporia.devices import Location
from domain.emporia.usage import Scale
from domain.instants import format_instant, parse_instant


def at(text: str) -> datetime:
    return parse_instant(text, name="instant")


def place(zone: str, *, billing_day: int = 1) -> Location:
    return Location(ZoneInfo(zone), billing_day)


@pytest.mark.parametrize(
    ("scale", "start"),
    [
        (Scale.SECOND, "2026-03-08T12:34:56Z"),
        (Scale.MINUTE, "2026-03-08T12:34:00Z"),
        (Scale.QUARTER_HOUR, "2026-03-08T12:30:00Z"),
        (Scale.HOUR, "2026-03-08T12:00:00Z"),
        (Scale.DAY, "2026-03-08T05:00:00Z"),
        (Scale.WEEK, "2026-03-02T05:00:00Z"),
        (Scale.MONTH, "2026-03-01T05:00:00Z"),
        (Scale.YEAR, "2026-01-01T05:00:00Z"),
    ],
)
def test_a_bucket_starts_by_the_clock_or_by_the_homes_calendar(scale: Scale, start: str) -> None:
    instant = at("2026-03-08T12:34:56.999999Z")
    assert format_instant(bucket_start(scale, instant, place("America/New_York"))) == start


@pytest.mark.parametrize("scale", Scale)
def test_the_start_of_a_bucket_is_in_that_bucket(scale: Scale) -> None:
    start = bucket_start(scale, at("2026-03-08T12:34:56Z"), place("Asia/Kolkata"))
    assert bucket_start(scale, start, place("Asia/Kolkata")) == start


@pytest.mark.parametrize(
    ("scale", "start", "after"),
    [
        (Scale.SECOND, "2026-03-08T05:00:00Z", "2026-03-08T05:00:01Z"),
        (Scale.HOUR, "2026-03-08T06:00:00Z", "2026-03-08T07:00:00Z"),
        (Scale.DAY, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"),
        (Scale.DAY, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"),
        (Scale.WEEK, "2026-03-02T05:00:00Z", "2026-03-09T04:00:00Z"),
        (Scale.MONTH, "2026-12-01T05:00:00Z", "2027-01-01T05:00:00Z"),
        (Scale.YEAR, "2026-01-01T05:00:00Z", "2027-01-01T05:00:00Z"),
    ],
)
def test_days_have_23_or_25_hours_when_the_clock_changes(
    scale: Scale, start: str, after: str
) -> None:
    assert format_instant(next_bucket(scale, at(start), place("America/New_York"))) == after


def test_where_the_clock_skips_midnight_the_day_starts_when_it_jumps() -> None:
    santiago = place("America/Santiago")
    jump = at("2026-09-06T04:00:00Z")
    assert next_bucket(Scale.DAY, at("2026-09-05T04:00:00Z"), santiago) == jump
    assert next_bucket(Scale.DAY, jump, santiago) == at("2026-09-07T03:00:00Z")


def test_where_midnight_comes_twice_the_day_starts_at_the_first() -> None:
    azores = place("Atlantic/Azores")
    second_midnight = at("2026-10-25T01:00:00Z")
    assert bucket_start(Scale.DAY, second_midnight, azores) == at("2026-10-25T00:00:00Z")


def test_months_start_on_the_billing_day_clamped_to_the_months_last() -> None:
    utc = place("UTC", billing_day=31)
    first = bucket_start(Scale.MONTH, at("2026-01-30T23:00:00Z"), utc)
    assert list(islice(buckets_from(Scale.MONTH, first, utc), 4)) == [
        at("2025-12-31"),
        at("2026-01-31"),
        at("2026-02-28"),
        at("2026-03-31"),
    ]


def test_the_day_before_the_billing_day_belongs_to_the_month_before() -> None:
    utc = place("UTC", billing_day=15)
    assert bucket_start(Scale.MONTH, at("2026-03-14"), utc) == at("2026-02-15")
    assert bucket_start(Scale.MONTH, at("2026-03-15"), utc) == at("2026-03-15")
