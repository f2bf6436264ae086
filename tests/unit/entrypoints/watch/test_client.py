"""What signing in to a gateway makes of its answers."""

import base64
import json
from collections.abc import AsyncIterator, Callable
from itertools import islice

import httpx
import pytest

from entrypoints.watch.account import Account, GatewayRefused, GatewayUnreachable
from entrypoints.watch.client import pauses
from entrypoints.watch.home import KnownHome

Answer = Callable[[httpx.Request], httpx.Response]
MakeAccount = Callable[[Answer], Account]


@pytest.fixture
async def account_at() -> AsyncIterator[MakeAccount]:
    """An account at a gateway that answers as told."""
    clients: list[httpx.AsyncClient] = []

    def make(answer: Answer) -> Account:
        clients.append(
            httpx.AsyncClient(base_url="https://g.example", transport=httpx.MockTransport(answer))
        )
        return Account(
            clients[-1], email="a@example.com", password="secret-word", ask_code=lambda: "123456"
        )

    yield make
    for client in clients:
        await client.aclose()


def problem(status: int, code: str, detail: str) -> httpx.Response:
    """A failure as the gateway tells it to whoever asks for codes."""
    return httpx.Response(status, json={"detail": detail, "code": code})


def token(*, lifetime_seconds: int) -> str:
    claims = json.dumps({"iat": 1000, "exp": 1000 + lifetime_seconds}).encode()
    return f"x.{base64.urlsafe_b64encode(claims).decode().rstrip('=')}.x"


async def test_a_login_gives_a_token_that_is_renewed_a_minute_early(
    account_at: MakeAccount,
) -> None:
    issued = token(lifetime_seconds=3600)
    account = account_at(lambda _: httpx.Response(200, json={"token": issued}))

    await account.log_in()

    assert account.token == issued
    assert account.seconds_until_renewal() == pytest.approx(3540, abs=1)


async def test_a_short_token_is_renewed_before_its_last_fifth(account_at: MakeAccount) -> None:
    issued = token(lifetime_seconds=10)
    account = account_at(lambda _: httpx.Response(200, json={"token": issued}))

    await account.log_in()

    assert account.seconds_until_renewal() == pytest.approx(8, abs=1)


async def test_a_token_past_renewing_is_replaced_by_a_login(account_at: MakeAccount) -> None:
    issued = token(lifetime_seconds=3600)
    answers = {
        "/token": problem(401, "token_invalid", "In other words."),
        "/login": httpx.Response(200, json={"token": issued}),
    }
    account = account_at(lambda request: answers[request.url.path])

    await account.renew()

    assert account.token == issued


async def test_a_refusal_is_told_in_the_gateway_s_words(account_at: MakeAccount) -> None:
    refusal = problem(401, "wrong_credentials", "Invalid email or password.")
    account = account_at(lambda _: refusal)

    with pytest.raises(GatewayRefused, match=r"^Invalid email or password\.$"):
        await account.log_in()


@pytest.mark.parametrize("status", [429, 503])
async def test_what_passes_by_itself_is_no_refusal(account_at: MakeAccount, status: int) -> None:
    account = account_at(lambda _: problem(status, "budget_spent", "Later."))

    with pytest.raises(GatewayUnreachable, match=r"^Later\.$"):
        await account.link(username="home@example.com", password="secret-word")


@pytest.mark.parametrize("body", ["<html>", "[]", '{"detail": "x"}', '{"error": "x"}', ""])
async def test_whatever_else_answers_is_no_gateway(account_at: MakeAccount, body: str) -> None:
    account = account_at(lambda _: httpx.Response(404, text=body))

    with pytest.raises(GatewayUnreachable, match=r"^No gateway answers at https://g\.example\.$"):
        await account.log_in()


async def test_a_web_page_is_no_token(account_at: MakeAccount) -> None:
    account = account_at(lambda _: httpx.Response(200, json={"hello": "world"}))

    with pytest.raises(GatewayUnreachable):
        await account.log_in()


async def test_nobody_there_is_told_with_the_address(account_at: MakeAccount) -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(GatewayUnreachable, match=r"^No gateway answers at https://g\.example\.$"):
        await account_at(refuse).log_in()


async def test_the_home_is_known_by_its_devices(account_at: MakeAccount) -> None:
    panel = {"deviceGid": 1, "locationProperties": {"deviceName": "Home"}}
    account = account_at(lambda _: httpx.Response(200, json={"devices": [panel]}))

    assert (await account.known_home()).names == {1: "Home"}


@pytest.mark.parametrize("code", ["not_linked", "link_dead", "emporia_refused_request"])
async def test_without_a_linked_account_no_home_is_known(
    account_at: MakeAccount, code: str
) -> None:
    account = account_at(lambda _: problem(400, code, "In other words."))

    assert await account.known_home() == KnownHome()


async def test_a_home_that_is_refused_for_another_reason_is_not_taken_for_none(
    account_at: MakeAccount,
) -> None:
    account = account_at(lambda _: problem(400, "invalid_input", "No."))

    with pytest.raises(GatewayRefused, match=r"^No\.$"):
        await account.known_home()


async def test_a_token_that_is_refused_for_another_reason_is_no_case_for_a_login(
    account_at: MakeAccount,
) -> None:
    account = account_at(lambda _: problem(403, "forbidden", "No."))

    with pytest.raises(GatewayRefused, match=r"^No\.$"):
        await account.renew()


async def test_failures_are_asked_for_with_their_codes(account_at: MakeAccount) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["Accept"])
        return httpx.Response(200, json={"token": token(lifetime_seconds=60)})

    await account_at(answer).log_in()

    assert asked == ["application/problem+json, application/json"]


def test_the_stream_of_an_encrypted_gateway_is_encrypted(account_at: MakeAccount) -> None:
    assert account_at(lambda _: httpx.Response(200)).stream_url == "wss://g.example"


def test_pauses_grow_to_half_a_minute_and_no_further() -> None:
    first, *_, last = islice(pauses(), 10)

    assert 0.5 <= first <= 1
    assert 15 <= last <= 30


async def test_a_second_factor_is_asked_for_and_only_where_the_gateway_wants_it(
    account_at: MakeAccount,
) -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        asked.append(body.get("code"))
        if "code" not in body:
            return problem(401, "second_factor_needed", "Send its code too.")
        return httpx.Response(200, json={"token": token(lifetime_seconds=60)})

    await account_at(answer).log_in()

    assert asked == [None, "123456"]


async def test_a_wrong_code_is_told_in_the_gateways_words(account_at: MakeAccount) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if "code" in json.loads(request.content):
            return problem(401, "second_factor_wrong", "This code is not right.")
        return problem(401, "second_factor_needed", "Send its code too.")

    with pytest.raises(GatewayRefused, match=r"This code is not right\."):
        await account_at(answer).log_in()
