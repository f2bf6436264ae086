from datetime import UTC, datetime

import pytest

from adapters.emporia.exchange.retry_after import retry_after_seconds

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        (" 30 ", 30),
        ("1.5", 1.5),
        ("9" * 400, 300),
        ("Sun, 01 Mar 2026 12:02:00 GMT", 120),
        ("Sun, 01 Mar 2026 12:02:00 -0000", 120),
        ("Sunday, 01-Mar-26 12:02:00 GMT", 120),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("Sun, 01 Mar 2099 12:00:00 GMT", 300),
    ],
)
def test_seconds_and_dates_are_told_in_seconds_up_to_five_minutes(
    header: str, seconds: float
) -> None:
    assert retry_after_seconds(header, now=NOW) == seconds


@pytest.mark.parametrize(
    "header", [None, "", "soon", "-5", "inf", "nan", "²", "1e3", "99 Foo 20260 99:99:99 GMT"]
)
def test_what_tells_nothing_is_none(header: str | None) -> None:
    assert retry_after_seconds(header, now=NOW) is None
