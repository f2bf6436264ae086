from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.archive.windows import HistoryRange, fewest_buckets
from domain.emporia.devices import Location
from domain.emporia.usage import ChartUsage, Scale
from domain.errors import InvalidInput
from domain.instants import parse_instant

NEW_YORK = Location(ZoneInfo("America/New_York"))
NOTHING = ChartUsage(first_usage_instant=None, usages=[])


def at(text: str) -> datetime:
    return parse_instant(text, name="instant")


def history(scale: Scale, start: str, end: str, *, most_buckets: int = 10_000) -> HistoryRange:
    return HistoryRange(
        scale=scale, start=at(start), end=at(end), location=NEW_YORK, most_buckets=most_buckets
    )


def chart(first: str, *usages: float | None) -> ChartUsage:
    return ChartUsage(first_usage_instant=at(first), usages=usages)


@pytest.mark.parametrize("end", ["2026-03-01T12:00:00Z", "2026-03-01T11:59:59Z"])
def test_a_range_without_any_time_in_it_is_refused(end: str) -> None:
    with pytest.raises(InvalidInput, match=r"^start: must be before end"):
        history(Scale.HOUR, "2026-03-01T12:00:00Z", end)


def test_a_range_may_hold_as_many_buckets_as_allowed_and_not_one_more() -> None:
    noon, afternoon = "2026-03-01T12:00:00Z", "2026-03-01T15:00:00Z"
    assert len(history(Scale.HOUR, noon, afternoon, most_buckets=3).bucket_starts) == 3
    with pytest.raises(InvalidInput, match="more than 2 buckets of 1H"):
        history(Scale.HOUR, noon, afternoon, most_buckets=2)


def test_an_absurd_range_is_refused_without_counting_it_through() -> None:
    with pytest.raises(InvalidInput, match="more than 10000 buckets of 1S"):
        history(Scale.SECOND, "1970-01-01", "2099-12-31")


def test_a_few_long_buckets_are_few_however_long() -> None:
    decades = history(Scale.YEAR, "1980-06-01", "2030-06-01", most_buckets=60)
    assert len(decades.bucket_starts) == 51


def test_the_first_bucket_is_the_one_that_holds_the_start() -> None:
    day = history(Scale.DAY, "2026-03-01T12:00:00Z", "2026-03-02T05:00:01Z")
    assert day.bucket_starts == (at("2026-03-01T05:00:00Z"), at("2026-03-02T05:00:00Z"))


def test_a_wide_range_is_cut_where_emporia_accepts_no_more() -> None:
    first, second = history(Scale.MINUTE, "2026-03-01T00:00:30Z", "2026-03-01T12:00:01Z").windows()
    assert (first.start, first.end) == (at("2026-03-01"), at("2026-03-01T12:00:00Z"))
    assert (second.start, second.end) == (first.end, at("2026-03-01T12:00:01Z"))


def test_answers_are_joined_in_order_without_a_gap_or_a_doubled_bucket() -> None:
    hours = history(Scale.HOUR, "2026-03-01T00:00:00Z", "2026-03-01T04:00:00Z")
    joined = hours.join(
        [chart("2026-02-28T23:00:00Z", 9, 1, 2, 3), chart("2026-03-01T01:00:00Z", 2, 3, 4, 9)]
    )
    assert joined.first_usage_instant == at("2026-03-01")
    assert joined.usages == [1, 2, 3, 4]


def test_a_bucket_that_no_answer_holds_is_null() -> None:
    hours = history(Scale.HOUR, "2026-03-01T00:00:00Z", "2026-03-01T04:00:00Z")
    joined = hours.join([NOTHING, chart("2026-03-01T02:00:00Z", 3)])
    assert joined.first_usage_instant == at("2026-03-01")
    assert joined.usages == [None, None, 3, None]


def test_a_value_is_preferred_to_a_null_whichever_comes_first() -> None:
    hours = history(Scale.HOUR, "2026-03-01T00:00:00Z", "2026-03-01T02:00:00Z")
    joined = hours.join([chart("2026-03-01", 0.0, None), chart("2026-03-01", None, 2)])
    assert joined.usages == [0.0, 2]


@pytest.mark.parametrize("answers", [[], [NOTHING], [chart("2026-02-01T00:00:07Z")]])
def test_without_any_answer_every_bucket_is_null(answers: list[ChartUsage]) -> None:
    hours = history(Scale.HOUR, "2026-03-01T00:00:00Z", "2026-03-01T02:00:00Z")
    joined = hours.join(answers)
    assert joined.first_usage_instant == at("2026-03-01")
    assert joined.usages == [None, None]


def test_hours_that_the_cloud_starts_at_half_past_are_followed() -> None:
    hours = history(Scale.HOUR, "2026-03-01T01:00:00Z", "2026-03-01T03:00:00Z")
    joined = hours.join([chart("2026-03-01T00:30:00Z", 1, 2), chart("2026-03-01T01:30:00Z", 2, 3)])
    assert joined.first_usage_instant == at("2026-03-01T00:30:00Z")
    assert joined.usages == [1, 2, 3]


def test_days_that_the_cloud_starts_elsewhere_are_followed() -> None:
    days = history(Scale.DAY, "2026-02-01T05:00:00Z", "2026-02-03T05:00:00Z")
    joined = days.join([chart("2026-02-01T00:00:00Z", 1, 2, 3)])
    assert joined.first_usage_instant == at("2026-02-01")
    assert joined.usages == [1, 2, 3]


def test_months_that_the_cloud_bills_from_another_day_are_followed() -> None:
    months = history(Scale.MONTH, "2026-01-20T05:00:00Z", "2026-04-01T05:00:00Z")
    joined = months.join([chart("2026-01-15T05:00:00Z", 1, 2, 3)])
    assert joined.first_usage_instant == at("2026-01-15T05:00:00Z")
    assert joined.usages == [1, 2, 3]


def test_a_cloud_on_another_grid_may_know_nothing_of_the_first_window() -> None:
    hours = history(Scale.HOUR, "2026-03-01T00:00:00Z", "2026-03-01T03:00:00Z")
    joined = hours.join([NOTHING, chart("2026-03-01T01:30:00Z", 2)])
    assert joined.first_usage_instant == at("2026-03-01") - timedelta(minutes=30)
    assert joined.usages == [None, None, 2, None]


@pytest.mark.parametrize("scale", list(Scale))
def test_a_range_far_too_wide_is_refused_before_a_bucket_is_made(scale: Scale, monkeypatch) -> None:
    monkeypatch.setattr("domain.archive.windows.bucket_start", None)
    with pytest.raises(InvalidInput, match=f"more than 60 buckets of {scale.value};"):
        history(scale, "1970-01-01", "2099-12-31", most_buckets=60)


@pytest.mark.parametrize("scale", [scale for scale in Scale if scale.seconds in (None, 3600)])
def test_no_range_is_taken_for_wider_than_it_is(scale: Scale) -> None:
    start, end = at("2011-12-01T10:00:00Z"), at("2012-01-01T10:00:00Z")
    samoa = Location(ZoneInfo("Pacific/Apia"))  # which skipped a day in it
    told = HistoryRange(scale=scale, start=start, end=end, location=samoa, most_buckets=3_000_000)
    assert fewest_buckets(scale, start=start, end=end) <= len(told.bucket_starts)


def test_days_are_counted_where_an_estimate_would_let_one_too_many_pass() -> None:
    with pytest.raises(InvalidInput, match="more than 2 buckets of 1D"):
        history(Scale.DAY, "2026-03-01T05:00:00Z", "2026-03-04T05:00:00Z", most_buckets=2)
