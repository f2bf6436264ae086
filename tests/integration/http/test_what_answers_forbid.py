"""What answers tell browsers to keep from doing."""

import json

import pytest

API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
OVER_TLS = {"X-Forwarded-Proto": "https"}


@pytest.mark.parametrize("path", ["/health/live", "/me", "/nowhere", "/schema/openapi.json"])
async def test_an_answer_of_the_api_is_no_page(gateway, path):
    answer = await gateway.client.get(path)

    assert answer.headers["Content-Security-Policy"] == API_POLICY
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/docs"])
async def test_a_page_keeps_its_own_policy(gateway, path):
    answer = await gateway.client.get(path)

    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/health/live", "/nowhere", "/docs"])
async def test_over_tls_browsers_are_told_to_stay_with_it(stage, path):
    over_tls = await stage.client.get(path, headers=OVER_TLS)
    in_clear = await stage.client.get(path)

    assert over_tls.headers["Strict-Transport-Security"] == "max-age=2592000"
    assert "Strict-Transport-Security" not in in_clear.headers


@pytest.mark.parametrize("settings", [{"hsts_seconds": 0}, {"trusted_proxies": ("192.0.2.1",)}])
async def test_they_are_not_told_so_where_it_is_off_or_nobody_trusted_says_tls(stages, settings):
    async with stages(**settings) as stage:
        answer = await stage.client.get("/health/live", headers=OVER_TLS)

    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize("address", ["/%" + "%" * 8200, "/me?" + "a" * 8200])
async def test_an_address_that_is_too_long_is_not_taken_apart(stage, address):
    answer = await stage.client.get(address)

    assert answer.status_code == 414
    assert answer.json() == {"error": "The address is longer than allowed."}
    assert answer.headers["Content-Security-Policy"] == API_POLICY


async def test_a_media_type_that_is_too_long_is_415(gateway):
    answer = await gateway.client.post(
        "/login", content=b"{}", headers={"Content-Type": "application/json" + ";a=b" * 16_000}
    )

    assert answer.status_code == 415


async def test_an_accept_encoding_that_is_too_long_gets_the_plain_page(gateway):
    answer = await gateway.client.get("/", headers={"Accept-Encoding": "gzip" + ",br" * 16_000})

    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("marks", ["\u0315" * 16_300 + "\u0316" * 16_300, "x" * 60_000])
@pytest.mark.parametrize(("path", "status"), [("/login", 401), ("/signup", 400)])
async def test_a_password_that_is_too_long_costs_nothing(gateway, path, status, marks):
    body = {"email": "ada@example.com", "password": marks}
    checks = gateway.container.passwords().checks_made

    answer = await gateway.client.post(path, content=json.dumps(body, ensure_ascii=False).encode())

    assert answer.status_code == status
    assert gateway.container.passwords().checks_made == checks
