"""What signing in to a gateway makes of its answers."""

import base64
import json
from collections.abc import AsyncIterator, Callable
from itertools import islice

import httpx
import pytest

from entrypoints.watch.client import Account, GatewayRefused, GatewayUnreachable, pauses
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
        return Account(clients[-1], email="a@example.com", password="secret-word")

    yield make
    for client in clients:
        await client.aclose()


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
        "/token": httpx.Response(401, json={"error": "Invalid or expired token."}),
        "/login": httpx.Response(200, json={"token": issued}),
    }
    account = account_at(lambda request: answers[request.url.path])

    await account.renew()

    assert account.token == issued


async def test_a_refusal_is_told_in_the_gateway_s_words(account_at: MakeAccount) -> None:
    refusal = {"error": "Invalid email or password."}
    account = account_at(lambda _: httpx.Response(401, json=refusal))

    with pytest.raises(GatewayRefused, match=r"^Invalid email or password\.$"):
        await account.log_in()


@pytest.mark.parametrize("status", [429, 503])
async def test_what_passes_by_itself_is_no_refusal(account_at: MakeAccount, status: int) -> None:
    account = account_at(lambda _: httpx.Response(status, json={"error": "Later."}))

    with pytest.raises(GatewayUnreachable, match=r"^Later\.$"):
        await account.link(username="home@example.com", password="secret-word")


@pytest.mark.parametrize("body", ["<html>", "[]", '{"detail": "x"}', ""])
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


async def test_without_a_linked_account_no_home_is_known(account_at: MakeAccount) -> None:
    account = account_at(lambda _: httpx.Response(400, json={"error": "Failed to fetch devices"}))

    assert await account.known_home() == KnownHome()


def test_the_stream_of_an_encrypted_gateway_is_encrypted(account_at: MakeAccount) -> None:
    assert account_at(lambda _: httpx.Response(200)).stream_url == "wss://g.example"


def test_pauses_grow_to_half_a_minute_and_no_further() -> None:
    first, *_, last = islice(pauses(), 10)

    assert 0.5 <= first <= 1
    assert 15 <= last <= 30
