"""Buckets follow the UTC clock up to an hour and the home's calendar from a day up."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar, Scale

NEW_YORK = HomeCalendar(ZoneInfo("America/New_York"), billing_day=31)
ZONES = [
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Pacific/Apia",
    "UTC",
]

calendars = st.builds(HomeCalendar, st.sampled_from(ZONES).map(ZoneInfo), st.integers(1, 31))
moments = st.integers(1_200_000_000, 2_000_000_000)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def local(calendar: HomeCalendar, at: int) -> datetime:
    return datetime.fromtimestamp(at, calendar.zone)


@settings(max_examples=80, deadline=None)
@given(calendars, st.sampled_from(Scale), moments)
def test_every_second_lies_in_exactly_one_bucket(
    calendar: HomeCalendar, scale: Scale, at: int
) -> None:
    start = calendar.start(scale, at)
    after = calendar.after(scale, start)
    assert start <= at < after
    assert calendar.start(scale, start) == calendar.start(scale, after - 1) == start
    assert calendar.start(scale, after) == after


@settings(max_examples=60, deadline=None)
@given(calendars, st.sampled_from([Scale.WEEK, Scale.MONTH, Scale.YEAR]), moments)
def test_wider_buckets_are_made_of_whole_days(
    calendar: HomeCalendar, scale: Scale, at: int
) -> None:
    start = calendar.start(scale, at)
    assert calendar.start(Scale.DAY, start) == start


@pytest.mark.parametrize(
    ("noon", "hours"),
    [("2026-03-08T16:00:00", 23), ("2026-11-01T17:00:00", 25), ("2026-11-24T17:00:00", 24)],
)
def test_a_day_has_as_many_hours_as_the_clock_change_leaves_it(noon: str, hours: int) -> None:
    start = NEW_YORK.start(Scale.DAY, utc(noon))
    spans = list(NEW_YORK.spans(Scale.HOUR, start, NEW_YORK.after(Scale.DAY, start)))
    assert len(spans) == hours


def test_a_week_starts_on_monday() -> None:
    start = NEW_YORK.start(Scale.WEEK, utc("2026-11-26T12:00:00"))
    assert local(NEW_YORK, start) == datetime(2026, 11, 23, tzinfo=NEW_YORK.zone)


@pytest.mark.parametrize(
    ("today", "billed_from"),
    [
        ("2026-02-27T12:00:00", "2026-01-31"),
        ("2026-02-28T12:00:00", "2026-02-28"),
        ("2026-03-30T12:00:00", "2026-02-28"),
        ("2026-04-30T12:00:00", "2026-04-30"),
    ],
)
def test_a_month_starts_on_the_billing_day_or_the_last_there_is(
    today: str, billed_from: str
) -> None:
    start = local(NEW_YORK, NEW_YORK.start(Scale.MONTH, utc(today)))
    assert start.isoformat().startswith(f"{billed_from}T00:00:00")


def test_a_year_starts_in_january_whatever_the_billing_day() -> None:
    start = local(NEW_YORK, NEW_YORK.start(Scale.YEAR, utc("2026-11-24T12:00:00")))
    assert start.isoformat() == "2026-01-01T00:00:00-05:00"


def test_quarters_follow_the_utc_clock_in_a_zone_off_by_a_quarter() -> None:
    kathmandu = HomeCalendar(ZoneInfo("Asia/Kathmandu"))
    at = utc("2026-11-24T12:07:30")
    assert kathmandu.start(Scale.QUARTER_HOUR, at) == utc("2026-11-24T12:00:00")
    assert kathmandu.start(Scale.HOUR, at) == utc("2026-11-24T12:00:00")


def test_the_buckets_of_a_range_are_all_that_overlap_it() -> None:
    spans = list(NEW_YORK.spans(Scale.MINUTE, 100, 241))
    assert spans == [(60, 120), (120, 180), (180, 240), (240, 300)]
