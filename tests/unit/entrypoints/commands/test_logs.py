"""Every record is one line, in UTC, and an exception is told without its text."""

import logging
from types import TracebackType

import pytest

from entrypoints.logs import OneLineFormatter

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def line(message: str, *arguments: object, error: ExceptionInfo | None = None) -> str:
    record = logging.LogRecord(
        "adapters.x", logging.WARNING, "x.py", 1, message, arguments, exc_info=error
    )
    record.created = 1_772_366_400.25
    return OneLineFormatter().format(record)


def test_a_record_is_time_level_name_and_text() -> None:
    assert line("Polls fail for %s", "one account") == (
        "2026-03-01T12:00:00.250Z WARNING adapters.x: Polls fail for one account"
    )


def test_a_text_of_many_lines_is_one() -> None:
    assert line("first\nsecond\r\n  third").endswith(": first second third")


def test_an_exception_is_its_type_and_place_and_never_its_text() -> None:
    with pytest.raises(ValueError, match="hunter2") as caught:
        int("hunter2")

    told = line("It broke", error=(caught.type, caught.value, caught.tb))

    assert ": It broke [ValueError at test_logs.py:" in told
    assert "hunter2" not in told


def test_an_exception_that_was_never_raised_has_no_place() -> None:
    told = line("It broke", error=(ValueError, ValueError("hunter2"), None))

    assert told.endswith(": It broke [ValueError at an unknown place]")
