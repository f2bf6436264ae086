"""The table of codes: what holds for every line, whoever adds one."""

import json
import re

import pytest

from domain.errors import DomainError, InvalidInput, UnknownSeries
from entrypoints.failures.answer import answer_of
from entrypoints.failures.codes import INTERNAL, NOT_FOUND, TABLE, TOKEN_MISSING, failure_of
from entrypoints.failures.of_errors import OF_ERRORS

PROBLEM = "application/problem+json"


def test_no_code_is_there_twice() -> None:
    codes = [failure.code for failure in TABLE]

    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("failure", TABLE, ids=lambda failure: failure.code)
def test_a_code_is_in_small_words_and_a_title_is_for_a_table(failure) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", failure.code)
    assert 400 <= failure.status < 600
    assert re.fullmatch(r"[A-Z][^|.]+", failure.title)


def test_an_error_tells_its_own_sentence_under_its_class_s_code() -> None:
    failure = failure_of(UnknownSeries("channels: 9 is no series."))

    assert failure == OF_ERRORS[UnknownSeries].saying("channels: 9 is no series.")


def test_an_error_without_a_line_is_as_its_parent_class() -> None:
    class Special(InvalidInput):
        pass

    assert failure_of(Special("No.")) == OF_ERRORS[InvalidInput].saying("No.")


def test_an_error_of_no_kind_is_a_fault_of_our_own() -> None:
    assert failure_of(DomainError("the inside")) is INTERNAL


def test_the_envelope_is_exact() -> None:
    told = answer_of(NOT_FOUND, "*/*")

    assert told == (
        404,
        {"Content-Type": "application/json", "Vary": "Accept"},
        b'{"error":"There is nothing at this path."}',
    )


def test_a_problem_has_what_the_rfc_names_and_the_code() -> None:
    status, headers, body = answer_of(NOT_FOUND, PROBLEM)

    assert (status, headers["Content-Type"], headers["Vary"]) == (404, PROBLEM, "Accept")
    assert json.loads(body) == {
        "type": "/docs/errors#not_found",
        "title": "There is nothing at this path",
        "status": 404,
        "detail": "There is nothing at this path.",
        "code": "not_found",
    }


@pytest.mark.parametrize("accept", ["", PROBLEM])
def test_a_missing_token_is_told_how_to_come_in_either_form(accept: str) -> None:
    assert answer_of(TOKEN_MISSING, accept).headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("failure", TABLE, ids=lambda failure: failure.code)
def test_whoever_should_come_back_is_told_when(failure) -> None:
    headers = answer_of(failure, "", retry_after_seconds=1.2).headers

    assert headers.get("Retry-After") == ("2" if failure.status in {429, 503} else None)
