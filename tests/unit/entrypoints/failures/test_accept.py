"""Who gets a failure as a problem: whoever names it, and likes plain JSON no better."""

import pytest

from entrypoints.failures.accept import wants_problem


@pytest.mark.parametrize(
    "accept",
    [
        "application/problem+json",
        "Application/Problem+JSON",
        "application/problem+json, application/json",
        "application/json, application/problem+json",
        "application/json;q=0.9, application/problem+json",
        "application/json;q=0.5,application/problem+json;q=0.5",
        "application/problem+json;q=0.001",
        "application/problem+json; charset=utf-8; q=1.000",
        "text/html, application/problem+json;q=0.4, */*;q=0.1",
        "application/problem+json, */*",
        "text/event-stream, application/problem+json",
        "application/problem+json;q=0.5, application/json;q=0.1, */*;q=1",
    ],
)
def test_a_problem_is_what_is_asked_for(accept: str) -> None:
    assert wants_problem(accept)


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "application/*",
        "application/json",
        "text/html,application/xhtml+xml,*/*;q=0.8",
        "application/problem+json;q=0",
        "application/problem+json;q=0.0, application/json",
        "application/json, application/problem+json;q=0.9",
        "application/problem+json;q=0.5, */*",
        "application/problem+json;q=0.5, application/*;q=0.6",
        "application/problem+json;q=2",
        "application/problem+json;q=nan",
        "application/problem+json;q=",
        "application/problem+jsonx",
        "x-application/problem+json",
        "application/problem+xml",
        ",;,;q=1,",
    ],
)
def test_the_envelope_is_for_everybody_else(accept: str) -> None:
    assert not wants_problem(accept)
