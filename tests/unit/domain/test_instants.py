from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.instants import format_instant, parse_instant

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KNOWN_INSTANTS = st.datetimes(
    min_value=datetime(1970, 1, 2),  # noqa: DTZ001 - hypothesis takes naive bounds
    max_value=datetime(2099, 12, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
)
OFFSETS = st.integers(min_value=-(23 * 60 + 59), max_value=23 * 60 + 59).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00z",
        "2026-03-01t12:00:00",
        "2026-03-01 12:00",
        " 2026-03-01T12:00:00.Z ",
        "2026-03-01T12:00:00.000000000Z",
        "2026-03-01T12:00:00,0Z",
        "2026-03-01T14:00:00+02:00",
        "2026-03-01T14:00:00+0200",
        "2026-03-01T14:00:00+02",
        "2026-03-01T14:00:00 02:00",
        "2026-03-01T06:30:00-05:30",
    ],
)
def test_every_common_way_to_write_an_instant_is_read(text: str) -> None:
    assert parse_instant(text, name="start") == NOON


def test_a_date_alone_is_its_first_instant_in_utc() -> None:
    assert parse_instant("2026-03-01", name="start") == datetime(2026, 3, 1, tzinfo=UTC)


def test_the_first_six_digits_of_a_fraction_count() -> None:
    instant = parse_instant("2026-03-01T12:00:00.123456789Z", name="start")
    assert instant == NOON + timedelta(microseconds=123456)
    assert parse_instant("2026-03-01T12:00:00.5Z", name="start") == NOON + timedelta(seconds=0.5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "1772366400",
        "2026-02-29",
        "2026-13-01",
        "2026-03-01T24:00:00Z",
        "2026-03-01T12:00:60Z",
        "2026-03-01T12:00:00.1234567890Z",
        "2026-03-01T12:00:00+24:00",
        "2026-03-01T12:00:00+02:60",
        "2026-03-01Z",
        "1969-12-31",
        "2100-01-01",
        "٢٠٢٦-03-01",
    ],
)
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"^start: "):
        parse_instant(text, name="start")


def test_a_long_text_is_not_repeated_in_full() -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_instant("x" * 10_000, name="end")
    assert len(str(refusal.value)) < 200


@given(KNOWN_INSTANTS)
def test_an_instant_survives_being_written_and_read(instant: datetime) -> None:
    assert parse_instant(format_instant(instant), name="start") == instant


@given(KNOWN_INSTANTS, OFFSETS)
def test_an_instant_is_read_alike_at_every_offset(instant: datetime, offset: timezone) -> None:
    assert parse_instant(instant.astimezone(offset).isoformat(), name="start") == instant


def test_an_instant_is_written_with_z_and_without_an_idle_fraction() -> None:
    assert format_instant(NOON) == "2026-03-01T12:00:00Z"
    assert format_instant(NOON.astimezone(timezone(timedelta(hours=2)))) == "2026-03-01T12:00:00Z"
