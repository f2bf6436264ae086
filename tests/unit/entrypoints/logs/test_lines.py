"""Every record is one line, in UTC; an exception is told without its text."""

import json
import logging
from contextvars import copy_context
from types import SimpleNamespace, TracebackType
from typing import Any

import pytest

from entrypoints.logs.set_up import formatter
from entrypoints.request_context import begin_request

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None]

CALL = {
    "type": "http",
    "state": {"request_id": "abc"},
    "user": SimpleNamespace(
        user=SimpleNamespace(id=7, email="ada@example.com"),
        claims=SimpleNamespace(login_id="login-1", email="ada@example.com"),
    ),
}


def line(
    message: str,
    *arguments: object,
    error: ExceptionInfo | None = None,
    form: str = "console",
    name: str = "adapters.x",
) -> str:
    record = logging.LogRecord(name, logging.WARNING, "x.py", 1, message, arguments, exc_info=error)
    record.created = 1_772_366_400.25
    return formatter(form).format(record)


def told(message: str, *arguments: object, **more: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(line(message, *arguments, form="json", **more))
    return read


@pytest.fixture
def raised() -> ExceptionInfo:
    with pytest.raises(ValueError, match="hunter2") as caught:
        int("hunter2")
    return caught.type, caught.value, caught.tb


def test_a_record_is_time_level_name_and_text() -> None:
    assert line("Polls fail for %s", "one account") == (
        "2026-03-01T12:00:00.250Z WARNING adapters.x: Polls fail for one account"
    )


def test_a_text_of_many_lines_is_one() -> None:
    assert line("first\nsecond\r\n  third").endswith(": first second third")


def test_an_exception_is_its_type_and_place_and_never_its_text(raised) -> None:
    said = line("It broke", error=raised)

    assert ": It broke [ValueError at test_lines.py:" in said
    assert "hunter2" not in said


def test_an_exception_that_was_never_raised_has_no_place() -> None:
    said = line("It broke", error=(ValueError, ValueError("hunter2"), None))

    assert said.endswith(": It broke [ValueError at an unknown place]")


def test_a_mapping_is_a_sentence_for_people_and_fields_for_programs() -> None:
    written = "user %(user_id)s signed in", {"event": "signed_in", "user_id": 7}

    assert line(*written).endswith(": user 7 signed in")
    assert told(*written) == {
        "time": "2026-03-01T12:00:00.250Z",
        "level": "warning",
        "event": "signed_in",
        "message": "user 7 signed in",
        "logger": "adapters.x",
        "user_id": 7,
    }


def test_a_line_without_a_name_is_named_by_its_words() -> None:
    assert told("poll of account %d broke", 42)["event"] == "poll_of_account_broke"


def test_a_library_s_line_is_named_by_the_library_and_cut_after_its_first() -> None:
    written = told("Task was never retrieved\nfuture: <hunter2>", name="asyncio")

    assert (written["event"], written["message"]) == ("asyncio", "Task was never retrieved")


def test_an_exception_in_json_is_a_field(raised) -> None:
    assert told("It broke", error=raised)["error"].startswith("ValueError at test_lines.py:")


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_line_about_a_request_has_its_ids_and_no_email(form) -> None:
    def said() -> str:
        begin_request(dict(CALL))
        return line("It broke", form=form)

    written = copy_context().run(said)
    assert "ada@example.com" not in written
    if form == "json":
        read = json.loads(written)
        assert [read[name] for name in ("request_id", "user_id", "session_id")] == [
            "abc",
            "7",
            "login-1",
        ]
    else:
        assert written.endswith(" [request_id=abc, user_id=7, session_id=login-1]")


@pytest.mark.parametrize("form", ["console", "json"])
@pytest.mark.parametrize(
    "secret",
    [
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "Bearer hunter2",
        "ada@example.com",
        "breakerPIN=4711",
        "password: 'hunter2'",
        "eea_7Ns0v2QkpTz1WfYb8XhJ4mRcLd5Ga9Ue3ioqBP",
        "ees_7Ns0v2QkpTz1WfYb8XhJ4mRcLd5Ga9Ue",
        "Basic ZWV0XzdOczB2MlFrcFR6MVdmWWI4WGg6ZWVzXzdOczB2MlFrcFR6MVdm",
    ],
)
def test_what_is_shaped_like_a_secret_is_not_written(form, secret) -> None:
    said = line("a library said %s today", secret, form=form)

    assert secret not in said
    assert "hunter2" not in said
    assert " today" in said
