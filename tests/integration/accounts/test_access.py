"""Who may come in, checked before anything else of a request is looked at."""

import pytest

PROTECTED = [
    ("GET", "/me"),
    ("DELETE", "/me"),
    ("POST", "/token"),
    ("POST", "/logout"),
    ("POST", "/emporia-auth"),
    ("DELETE", "/emporia-auth"),
    ("GET", "/devices"),
    ("GET", "/devices/instant"),
    ("GET", "/devices/1000/history"),
    ("GET", "/devices/stream"),
    ("GET", "/me/link"),
    ("GET", "/me/budget"),
]


@pytest.mark.parametrize(("method", "path"), PROTECTED)
async def test_without_the_header_is_401(gateway, method, path):
    answer = await gateway.client.request(method, path)

    assert answer.status_code == 401
    assert answer.json() == {"error": "Authorization header missing."}
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "path"), PROTECTED)
async def test_a_good_token_of_a_user_who_left_is_404(gateway, method, path):
    headers = await gateway.sign_up()
    gateway.leave()

    answer = await gateway.client.request(method, path, headers=headers)

    assert answer.status_code == 404
    assert answer.json() == {"error": "User not found."}


@pytest.mark.parametrize("header", ["", " ", "Bearer", "Bearer ", "Basic"])
async def test_a_header_without_a_token_is_401(gateway, header):
    answer = await gateway.client.get("/me", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer.json() == {"error": "Token missing."}


@pytest.mark.parametrize(
    "header", ["Bearer forged", "Basic YTpi", "Bearer a b", b"Bearer \xff\xfe"]
)
async def test_anything_else_in_the_header_is_401(gateway, header):
    answer = await gateway.client.get("/me", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer.json() == {"error": "Invalid or expired token."}


async def test_an_expired_token_is_401(gateway):
    headers = await gateway.sign_up()
    await gateway.clock.advance(3600)

    answer = await gateway.client.get("/me", headers=headers)

    assert answer.status_code == 401
    assert answer.json() == {"error": "Invalid or expired token."}


async def test_the_scheme_may_be_written_in_any_case(gateway):
    token = (await gateway.sign_up())["Authorization"].removeprefix("Bearer ")

    answer = await gateway.client.get("/me", headers={"Authorization": f"bEARER {token}"})

    assert answer.status_code == 200


async def test_the_token_is_checked_before_the_body_is_read(gateway):
    answer = await gateway.client.post(
        "/emporia-auth", content=b"<xml/>", headers={"Content-Type": "text/xml"}
    )

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/me", "DELETE, GET, OPTIONS"),
        ("/token", "OPTIONS, POST"),
        ("/emporia-auth", "DELETE, OPTIONS, POST"),
        ("/devices/1/history", "GET, OPTIONS"),
        ("/devices/stream", "GET, OPTIONS"),
        ("/me/link", "GET, OPTIONS"),
        ("/me/budget", "GET, OPTIONS"),
    ],
)
async def test_options_names_the_methods_and_asks_for_no_token(gateway, path, allowed):
    answer = await gateway.client.options(path)

    assert answer.status_code == 204
    assert answer.headers["Allow"] == allowed
