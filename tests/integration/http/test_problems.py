"""`Accept: application/problem+json` turns every failure into a problem with a stable code."""

from typing import Any

import httpx
import pytest

from domain.errors import (
    EmporiaPasswordResetRequired,
    EmporiaRefusedCredentials,
    EmporiaRefusedRequest,
    EmporiaTimedOut,
    EmporiaUnavailable,
    EmporiaUnreadable,
    EmporiaUserNotConfirmed,
)
from entrypoints.failures.codes import TABLE

PROBLEM = "application/problem+json"
TITLES = {failure.code: failure.title for failure in TABLE}
ADA = {"email": "ada@example.com", "password": "correct horse"}
EMPORIA = {"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"}
INSTANT = "/devices/instant?instant=2026-02-01&scale=1H&energyUnit=Dollars"


async def both(gateway: Any, method: str, path: str, **request: Any) -> httpx.Response:
    """The answer as a problem, once it is the same failure as the plain one."""
    headers = request.pop("headers", {})
    plain = await gateway.client.request(method, path, headers=headers, **request)
    problem: httpx.Response = await gateway.client.request(
        method, path, headers={**headers, "Accept": PROBLEM}, **request
    )
    told = problem.json()
    assert plain.headers["Content-Type"] == "application/json"
    assert problem.headers["Content-Type"] == PROBLEM
    assert (plain.status_code, plain.json()) == (problem.status_code, {"error": told["detail"]})
    assert told == {
        "type": f"/docs/errors#{told['code']}",
        "title": TITLES[told["code"]],
        "status": problem.status_code,
        "detail": told["detail"],
        "code": told["code"],
    }
    assert [answer.headers["Vary"] for answer in (plain, problem)] == ["Accept", "Accept"]
    for name in ("Allow", "Retry-After", "WWW-Authenticate", "Cache-Control"):
        assert plain.headers.get(name) == problem.headers.get(name)
    return problem


@pytest.mark.parametrize(
    ("method", "path", "request_", "status", "code"),
    [
        ("GET", "/nowhere", {}, 404, "not_found"),
        ("GET", "/docs/nothing.js", {}, 404, "not_found"),
        ("PUT", "/me", {}, 405, "method_not_allowed"),
        ("GET", "/me", {}, 401, "token_missing"),
        ("GET", "/me", {"headers": {"Authorization": "Bearer"}}, 401, "token_missing"),
        ("GET", "/me", {"headers": {"Authorization": "Bearer x"}}, 401, "token_invalid"),
        ("POST", "/login", {"content": b"{"}, 400, "not_json"),
        ("POST", "/login", {"content": b"[]"}, 400, "not_json"),
        ("POST", "/login", {"data": {"email": "x"}}, 415, "media_type_not_json"),
        ("POST", "/login", {"json": {}}, 400, "incomplete"),
        ("POST", "/login", {"json": {**ADA, "email": 1}}, 400, "incomplete"),
        ("POST", "/login", {"json": ADA}, 401, "wrong_credentials"),
        ("POST", "/signup", {"json": {**ADA, "email": "ada"}}, 400, "email_invalid"),
        ("POST", "/signup", {"json": {**ADA, "password": "x"}}, 400, "password_unacceptable"),
        ("POST", "/signup", {"content": b"x" * 70_000}, 413, "body_too_large"),
    ],
)
async def test_what_is_refused_has_a_code(
    gateway: Any, method: str, path: str, request_: dict[str, Any], status: int, code: str
) -> None:
    answer = await both(gateway, method, path, **request_)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_an_email_that_is_taken_has_a_code(gateway: Any) -> None:
    await gateway.sign_up()

    answer = await both(gateway, "POST", "/signup", json=ADA)

    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


async def test_a_user_who_is_gone_has_a_code(gateway: Any) -> None:
    headers = await gateway.sign_up()
    gateway.leave()

    answer = await both(gateway, "GET", "/me", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (404, "user_not_found")


async def test_one_sentence_for_two_failures_has_two_codes(gateway: Any) -> None:
    headers = await gateway.sign_up()
    nothing_linked = await both(gateway, "GET", INSTANT, headers=headers)
    await gateway.client.post("/emporia-auth", headers=headers, json=EMPORIA)
    gateway.emporia.failure = EmporiaRefusedRequest()
    no_answer = await both(gateway, "GET", INSTANT, headers=headers)

    assert nothing_linked.json()["detail"] == no_answer.json()["detail"]
    assert nothing_linked.json()["code"] == "not_linked"
    assert no_answer.json()["code"] == "emporia_refused_request"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("instant=2026-02-01&scale=1m&energyUnit=Dollars", "invalid_input"),
        ("instant=2026-02-01&scale=1H&energyUnit=Dollars&devices=99", "unknown_device"),
        ("instant=2026-02-01&scale=1H", "incomplete"),
    ],
)
async def test_a_bad_query_has_a_code(gateway: Any, query: str, code: str) -> None:
    headers = await gateway.linked()

    answer = await both(gateway, "GET", f"/devices/instant?{query}", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (400, code)


@pytest.mark.parametrize("channels", ["", ","])
async def test_a_history_of_no_channel_is_incomplete(gateway: Any, channels: str) -> None:
    headers = await gateway.linked()
    query = f"channels={channels}&start=2026-01-01&end=2026-01-02&scale=1H&energyUnit=Dollars"

    answer = await both(gateway, "GET", f"/devices/1/history?{query}", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (400, "incomplete")


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        (EmporiaRefusedCredentials(), 400, "emporia_refused_credentials"),
        (EmporiaPasswordResetRequired(), 400, "emporia_password_reset_required"),
        (EmporiaUserNotConfirmed(), 400, "emporia_user_not_confirmed"),
        (EmporiaUnreadable(), 502, "emporia_unreadable"),
        (EmporiaUnavailable(), 503, "emporia_unavailable"),
        (EmporiaTimedOut(), 504, "emporia_timed_out"),
    ],
)
async def test_what_emporia_makes_of_a_link_has_a_code(
    gateway: Any, failure: Exception, status: int, code: str
) -> None:
    headers = await gateway.sign_up()
    gateway.user_pool.failure = failure

    answer = await both(gateway, "POST", "/emporia-auth", headers=headers, json=EMPORIA)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_bug_has_a_code_and_tells_nothing(gateway: Any) -> None:
    headers = await gateway.linked()
    gateway.emporia.failure = RuntimeError("the inside")

    answer = await both(gateway, "GET", INSTANT, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "inside" not in answer.text


async def test_a_throttled_caller_has_a_code_and_is_told_when_to_come_back(
    make_gateway: Any,
) -> None:
    gateway = make_gateway(account_calls_per_minute=60)
    for _ in range(60):
        await gateway.client.post("/login", json=ADA)

    answer = await both(gateway, "POST", "/login", json=ADA)

    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_calls")
    assert int(answer.headers["Retry-After"]) >= 1


async def test_an_allowed_origin_is_varied_by_beside_the_form(make_gateway: Any) -> None:
    gateway = make_gateway(cors_origins=("https://dash.example.com",))

    answer = await gateway.client.get("/nowhere", headers={"Origin": "https://dash.example.com"})

    assert answer.headers["Vary"] == "Origin, Accept"


async def test_what_goes_well_is_plain_json_whatever_form_failures_have(gateway: Any) -> None:
    answer = await gateway.client.get("/health/live", headers={"Accept": PROBLEM})

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert "Vary" not in answer.headers
