"""What an attacker brings back from the provider, or lets it say: all of it is refused."""

from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.integration.openid.lying_provider import (
    EC_KEY,
    ISSUER,
    OTHER_RSA_KEY,
    RSA_KEY,
    public_jwk,
    unsigned,
)

REFUSED = "/#/oidc?error=oidc_refused"
HOUR = 3600


async def test_somebody_signs_in_and_the_token_is_good(browser):
    address = await browser.sign_in(email="grace@example.com")
    answer = await browser.fetch_token(address)
    assert answer.status_code == 200
    bearer = {"Authorization": f"Bearer {answer.json()['token']}"}
    me = (await browser.client.get("/me", headers=bearer)).json()["user"]
    assert me["email"] == "grace@example.com"


async def test_the_question_has_a_challenge_and_secrets_that_differ_each_time(browser):
    first, second = await browser.start(), await browser.start()
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == "http://gateway.test/auth/oidc/callback"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"iss": f"{ISSUER}/"},
        {"aud": "another client"},
        {"aud": []},
        {"aud": None},
        {"aud": ["the gateway", "another client"]},
        {"aud": ["the gateway", "another client"], "azp": "another client"},
        {"azp": "another client"},
        {"exp": 0},
        {"exp": None},
        {"iat": 2**33},
        {"iat": None},
        {"sub": ""},
        {"sub": None},
        {"sub": 5},
        {"sub": "x" * 256},
    ],
    ids=str,
)
async def test_a_token_that_says_something_else_is_refused(browser, provider, claims):
    provider.claims = claims
    assert await browser.sign_in(email="grace@example.com") == REFUSED
    assert browser.gateway.store.users == {}


async def test_a_token_for_several_readers_names_this_one_as_its_own(browser, provider):
    provider.claims = {"aud": ["the gateway", "another"], "azp": "the gateway"}
    assert "code=" in await browser.sign_in(email="grace@example.com")


async def test_a_token_that_expired_a_while_ago_is_refused(browser, provider):
    provider.claims = {"exp": provider.now - 61, "iat": provider.now - HOUR}
    assert await browser.sign_in(email="grace@example.com") == REFUSED


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS384", "PS256"])
async def test_another_algorithm_is_refused(browser, provider, algorithm):
    provider.algorithm = algorithm
    assert await browser.sign_in(email="grace@example.com") == REFUSED


async def test_an_algorithm_that_is_written_otherwise_is_refused(browser, provider):
    for written in ("None", "NONE", "nOnE", "", None, ["none"], 5):
        provider.token = unsigned({}, header={"alg": written})
        assert await browser.sign_in(email="grace@example.com") == REFUSED


@pytest.mark.parametrize("token", ["", "a", "a.b", "a.b.c", "\N{SNOWMAN}.b.c", "x" * 20_000])
async def test_what_is_no_token_is_refused(browser, provider, token):
    provider.token = token or " "
    assert await browser.sign_in(email="grace@example.com") == REFUSED


async def test_a_key_that_the_provider_does_not_show_is_refused(browser, provider):
    provider.key = OTHER_RSA_KEY
    assert await browser.sign_in(email="grace@example.com") == REFUSED
    provider.key_name = "another"
    assert await browser.sign_in(email="grace@example.com") == REFUSED


async def test_unknown_keys_do_not_have_the_provider_asked_again_and_again(browser, provider):
    provider.key, provider.key_name = OTHER_RSA_KEY, "another"
    for _ in range(10):
        assert await browser.sign_in() == REFUSED
    assert provider.asked.count("/keys") <= 2
    assert provider.asked.count("/.well-known/openid-configuration") == 1


async def test_a_new_key_is_noticed(browser, provider):
    assert "code=" in await browser.sign_in(email="grace@example.com")
    provider.key, provider.key_name = OTHER_RSA_KEY, "second"
    provider.keys = [public_jwk(RSA_KEY, "first"), public_jwk(OTHER_RSA_KEY, "second")]
    await browser.gateway.clock.advance(61)
    provider.now += 61
    assert "code=" in await browser.sign_in()


async def test_elliptic_keys_are_taken_too(browser, provider):
    provider.key, provider.algorithm = EC_KEY, "ES256"
    provider.keys = [public_jwk(EC_KEY, "first")]
    assert "code=" in await browser.sign_in(email="grace@example.com")


@pytest.mark.parametrize(
    "changes",
    [{"state": "another"}, {"state": None}, {"code": None}, {"iss": "https://evil.example"}],
    ids=str,
)
async def test_another_state_no_code_and_another_issuer_are_refused(browser, provider, changes):
    question = await browser.start()
    code = provider.grant(question, "grace", "grace@example.com")
    assert await browser.come_back(question, code, **changes) == REFUSED


@pytest.mark.parametrize("cookie", [None, "made.up.cookie", "x" * 5000])
async def test_without_the_cookie_nobody_comes_back(browser, provider, cookie):
    question = await browser.start()
    browser.client.cookies.clear()
    if cookie is not None:
        browser.client.cookies.set("emporia_oidc", cookie, domain="gateway.test")
    code = provider.grant(question, "grace", "grace@example.com")
    assert await browser.come_back(question, code) == REFUSED


async def test_an_access_token_is_no_cookie(browser, provider):
    headers = await browser.gateway.sign_up()
    question = await browser.start()
    browser.client.cookies.clear()
    token = headers["Authorization"].split()[1]
    browser.client.cookies.set("emporia_oidc", token, domain="gateway.test")
    code = provider.grant(question, "grace")
    assert await browser.come_back(question, code) == REFUSED


async def test_a_code_of_another_flow_is_refused(browser, provider):
    theirs = await browser.start()
    stolen = provider.grant(theirs, "grace", "grace@example.com")
    mine = await browser.start()
    assert await browser.come_back(mine, stolen) == REFUSED


async def test_a_code_is_good_once(browser, provider):
    question = await browser.start()
    cookies = httpx.Cookies(browser.client.cookies)
    code = provider.grant(question, "grace", "grace@example.com")
    assert "code=" in await browser.come_back(question, code)
    assert await browser.come_back(question, code) == REFUSED
    browser.client.cookies = cookies
    assert await browser.come_back(question, code) == REFUSED


async def test_the_code_for_the_page_is_good_once_and_for_its_browser_alone(browser):
    address = await browser.sign_in(email="grace@example.com")
    assert (await browser.fetch_token(address)).status_code == 200
    assert (await browser.fetch_token(address)).status_code == 401
    other = await browser.sign_in()
    browser.client.cookies.clear()
    refused = await browser.fetch_token(other)
    assert refused.json() == {"error": "Signing in did not work out; please begin again."}


async def test_the_code_for_the_page_lasts_a_minute(browser):
    address = await browser.sign_in(email="grace@example.com")
    await browser.gateway.clock.advance(61)
    assert (await browser.fetch_token(address)).status_code == 401


async def test_an_account_is_not_taken_over_by_its_email(browser):
    await browser.gateway.sign_up("ada@example.com")
    for email in ("ada@example.com", "ADA@example.com"):
        assert await browser.sign_in("mallory", email) == "/#/oidc?error=email_taken"
    assert browser.gateway.store.identities == {}


async def test_somebody_known_is_found_by_subject_whatever_their_email_is_now(browser):
    headers = await browser.gateway.sign_up("ada@example.com")
    await browser.gateway.sign_up("bob@example.com")
    assert await browser.join(headers, "ada at the provider") == "/#/oidc?joined"
    address = await browser.sign_in("ada at the provider", "bob@example.com")
    token = (await browser.fetch_token(address)).json()["token"]
    me = await browser.client.get("/me", headers={"Authorization": f"Bearer {token}"})
    assert me.json()["user"]["email"] == "ada@example.com"


async def test_joining_takes_a_token_and_the_password(browser):
    headers = await browser.gateway.sign_up()
    path = "/me/identities/oidc/start"
    assert (await browser.client.post(path, json={})).status_code == 401
    wrong = await browser.client.post(path, headers=headers, json={"password": "wrong horse"})
    assert wrong.status_code == 401
    await browser.gateway.clock.advance(601)
    late = await browser.client.post(path, headers=headers, json={})
    assert late.status_code == 403


async def test_what_is_joined_is_told_and_parted_again(browser):
    headers = await browser.gateway.sign_up()
    await browser.join(headers)
    (identity,) = (await browser.client.get("/me/identities", headers=headers)).json()["identities"]
    assert (identity["issuer"], identity["name"]) == (ISSUER, "Example")
    parted = await browser.client.request("DELETE", "/me/identities/oidc", headers=headers, json={})
    assert parted.status_code == 204
    assert await browser.sign_in() == "/#/oidc?error=oidc_unknown"


@pytest.mark.parametrize("there", ["next", "return_to", "redirect_uri", "url"])
async def test_nobody_can_say_where_the_browser_is_sent(browser, provider, there):
    evil = "https://evil.example/"
    question = await browser.start(f"/auth/oidc/start?{there}={evil}")
    assert question["redirect_uri"] == "http://gateway.test/auth/oidc/callback"
    code = provider.grant(question, "grace", "grace@example.com")
    address = await browser.come_back(question, code, **{there: evil})
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == ("", "", "/")
    refused = await browser.come_back(question, "x", error="access_denied", state="//evil.example")
    assert refused == REFUSED


async def test_cookies_are_out_of_reach_of_scripts_and_other_sites(browser):
    answer = await browser.client.get("/auth/oidc/start")
    (cookie,) = answer.headers.get_list("Set-Cookie")
    said = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/auth/oidc", "max-age=600"} <= said
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "discovered",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": 5},
        {"authorization_endpoint": "http://id.example.com/authorize"},
    ],
    ids=str,
)
async def test_a_provider_that_tells_nonsense_of_itself_is_not_gone_to(
    browser, provider, discovered
):
    provider.discovered = discovered
    answer = await browser.client.get("/auth/oidc/start")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/#/oidc?error=oidc_unavailable"


@pytest.mark.parametrize(
    "discovered", [{"token_endpoint": "http://id.example.com/token"}, {"jwks_uri": f"{ISSUER}/no"}]
)
async def test_a_provider_that_fails_on_the_way_back_is_told(browser, provider, discovered):
    provider.discovered = discovered
    address = await browser.sign_in(email="grace@example.com")
    assert address == "/#/oidc?error=oidc_unavailable"


async def test_nobody_new_comes_in_unless_the_operator_says_so(make_browser):
    browser = make_browser()
    async with browser.client:
        address = await browser.sign_in(email="grace@example.com")
        assert address == "/#/oidc?error=oidc_unknown"


async def test_without_settings_there_is_no_provider(gateway):
    assert (await gateway.client.get("/auth/oidc")).json() == {"name": None}
    assert (await gateway.client.get("/auth/oidc/start")).status_code == 404
    back: Any = await gateway.client.get("/auth/oidc/callback")
    assert back.headers["Location"] == "/#/oidc?error=oidc_off"
