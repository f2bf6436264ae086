"""Whatever fails answers one sentence, a fitting status, and nothing of the inside."""

import logging

import pytest

from domain import errors
from domain.accounts import errors as accounts_errors
from domain.accounts.errors import TenantNameTaken, TenantUnknown
from domain.archive.exchange import errors as exchange_errors
from domain.billing import errors as billing_errors
from domain.billing.errors import CurrenciesDiffer, CurrencyUnknown
from domain.emporia import errors as emporia_errors
from domain.errors import DomainError, EmporiaError, EmporiaThrottled, Postponed
from domain.live import errors as live_errors
from entrypoints.failures.of_errors import OF_ERRORS

ABSTRACT = {DomainError, Postponed, EmporiaError, live_errors.ReplayRefused}
LIKE_ITS_PARENT = {
    CurrenciesDiffer,
    CurrencyUnknown,
    EmporiaThrottled,
    emporia_errors.LeaseLost,
    TenantNameTaken,
    TenantUnknown,
    exchange_errors.ImportRefused,
}
"""What callers need not tell from their parent."""

HARDENED = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@pytest.mark.parametrize("path", ["/nowhere", "/devices/1/2/3", "/docs/nothing.js", "/schema/x"])
async def test_an_unknown_path_is_404(gateway, path):
    answer = await gateway.client.get(path)

    assert answer.status_code == 404
    assert answer.json() == {"error": "There is nothing at this path."}


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/", {"GET", "OPTIONS"}),
        ("GET", "/signup", {"POST", "OPTIONS"}),
        ("PUT", "/me", {"GET", "DELETE", "OPTIONS"}),
        ("PATCH", "/emporia-auth", {"POST", "DELETE", "OPTIONS"}),
        ("TRACE", "/devices", {"GET", "OPTIONS"}),
        ("POST", "/health/live", {"GET", "OPTIONS"}),
    ],
)
async def test_a_wrong_method_is_405_and_names_the_right_ones(gateway, method, path, allowed):
    answer = await gateway.client.request(method, path)

    assert answer.status_code == 405
    assert answer.json() == {"error": "This path does not take that method."}
    assert set(answer.headers["Allow"].split(", ")) == allowed


async def test_a_bug_is_500_tells_nothing_and_is_logged_with_its_traceback(gateway, caplog):
    headers = await gateway.linked()
    gateway.emporia.failure = RuntimeError("the inside")

    with caplog.at_level(logging.ERROR):
        answer = await gateway.client.get(
            "/devices/instant?instant=2026-02-01&scale=1H&energyUnit=Dollars", headers=headers
        )

    assert answer.status_code == 500
    assert answer.json() == {"error": "Something went wrong on our side."}
    [record] = caplog.records
    assert record.getMessage() == "GET /devices/instant failed"
    assert record.exc_info[1] is gateway.emporia.failure


async def test_a_caller_who_hangs_up_in_the_middle_is_not_logged_as_our_fault(gateway, caplog):
    async def receive():
        return {"type": "http.disconnect"}

    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/login",
        "raw_path": b"/login",
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "headers": [(b"content-length", b"100")],
        "client": ("192.0.2.1", 5000),
        "server": ("gateway.test", 80),
        "state": {},
    }
    await gateway.app(scope, receive, send)

    assert sent[0]["status"] == 400
    assert caplog.records == []


def test_every_concrete_domain_error_has_a_code():
    concrete = {
        kind
        for kind in (
            kind
            for room in (
                errors,
                accounts_errors,
                billing_errors,
                emporia_errors,
                exchange_errors,
                live_errors,
            )
            for kind in vars(room).values()
        )
        if isinstance(kind, type) and issubclass(kind, DomainError)
    } - ABSTRACT

    assert set(OF_ERRORS) == concrete - LIKE_ITS_PARENT


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/health/live"),
        ("GET", "/docs"),
        ("GET", "/docs/swagger-ui.css"),
        ("GET", "/schema/openapi.json"),
        ("GET", "/nowhere"),
        ("PUT", "/me"),
        ("GET", "/me"),
        ("POST", "/login"),
    ],
)
async def test_every_answer_carries_the_same_protections(gateway, method, path):
    answer = await gateway.client.request(method, path)

    assert {name: answer.headers[name] for name in HARDENED} == HARDENED


async def test_a_deleted_account_answers_without_body_and_with_the_same_protections(gateway):
    headers = await gateway.sign_up()

    answer = await gateway.client.post("/logout", headers=headers)

    assert {name: answer.headers[name] for name in HARDENED} == HARDENED
