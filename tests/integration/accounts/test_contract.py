"""The account rows of the wire contract's REST tables, over real sockets."""

import asyncio
import uuid
from datetime import datetime

import jwt
import pytest

ADDRESS_INVALID = "The email is not a valid address; name@example.com is."
PASSWORD_LENGTHS = "The password must have 8 to 1024 characters."
BOTH_REQUIRED = {"error": "Email and password are required."}
CREDENTIALS = {"email": "ada@example.com", "password": "correct horse"}
NO_CREDENTIALS = [
    {},
    {"email": "ada@example.com"},
    {"password": "correct horse"},
    {"email": "", "password": "correct horse"},
    {"email": "ada@example.com", "password": ""},
    {"email": None, "password": "correct horse"},
    {"email": "ada@example.com", "password": 12345678},
    {"email": ["ada@example.com"], "password": "correct horse"},
]


async def test_post_signup_201_shows_the_user(stage):
    answer = await stage.client.post("/signup", json=CREDENTIALS)

    assert answer.status_code == 201
    assert set(answer.json()) == {"user"}
    user = answer.json()["user"]
    assert set(user) == {"id", "email", "createdAt", "updatedAt"}
    assert uuid.UUID(user["id"])
    assert user["email"] == "ada@example.com"
    assert user["createdAt"].endswith("Z")
    assert datetime.fromisoformat(user["createdAt"])


@pytest.mark.parametrize("body", NO_CREDENTIALS)
async def test_post_signup_400_without_email_or_password(stage, body):
    answer = await stage.client.post("/signup", json=body)

    assert (answer.status_code, answer.json()) == (400, BOTH_REQUIRED)


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("not an address", "correct horse", ADDRESS_INVALID),
        ("ada@example.com", "short", PASSWORD_LENGTHS),
        ("ada@example.com", "x" * 1025, PASSWORD_LENGTHS),
    ],
)
async def test_post_signup_400_for_a_malformed_email_or_password(stage, email, password, sentence):
    answer = await stage.client.post("/signup", json={"email": email, "password": password})

    assert (answer.status_code, answer.json()) == (400, {"error": sentence})


async def test_post_signup_409_for_a_known_email_in_another_case(stage):
    await stage.sign_up("ada@example.com")

    answer = await stage.client.post(
        "/signup", json={"email": "  ADA@example.COM ", "password": "another horse"}
    )

    assert answer.status_code == 409
    assert answer.json() == {"error": "User with this email already exists."}


async def test_post_signup_twice_at_once_is_one_201_and_one_409(stage):
    answers = await asyncio.gather(
        *(stage.client.post("/signup", json=CREDENTIALS) for _ in range(2))
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409]


@pytest.mark.parametrize("password", ["pässwörd", "12345678", "🐎🐎🐎🐎🐎🐎🐎🐎", "x" * 1024])
async def test_post_signup_takes_any_unicode_of_8_to_1024_characters(stage, password):
    body = {"email": "ada@example.com", "password": password}

    assert (await stage.client.post("/signup", json=body)).status_code == 201
    assert (await stage.client.post("/login", json=body)).status_code == 200


async def test_post_login_200_gives_a_jwt_with_the_promised_claims(stage):
    person = await stage.sign_up("ada@example.com")

    profile = (await stage.get("/me", person)).json()["user"]
    claims = jwt.decode(person.token, options={"verify_signature": False})
    assert jwt.get_unverified_header(person.token)["alg"] == "HS256"
    assert claims["sub"] == profile["id"]
    assert claims["email"] == "ada@example.com"
    assert claims["exp"] - claims["iat"] == 3600
    assert claims["jti"]


@pytest.mark.parametrize("body", NO_CREDENTIALS)
async def test_post_login_400_without_email_or_password(stage, body):
    answer = await stage.client.post("/login", json=body)

    assert (answer.status_code, answer.json()) == (400, BOTH_REQUIRED)


@pytest.mark.parametrize(
    "body",
    [
        {"email": "ada@example.com", "password": "wrong horse"},
        {"email": "bob@example.com", "password": "correct horse"},
        {"email": "not an address", "password": "correct horse"},
        {"email": "ada@example.com", "password": "x"},
        {"email": "ada@example.com", "password": "x" * 5000},
    ],
)
async def test_post_login_401_is_the_same_for_every_wrong_pair(stage, body):
    await stage.sign_up("ada@example.com")

    answer = await stage.client.post("/login", json=body)

    assert answer.status_code == 401
    assert answer.json() == {"error": "Invalid email or password."}


async def test_get_me_200_has_no_emporia_username_until_linked(stage):
    person = await stage.sign_up("ada@example.com")

    before = (await stage.get("/me", person)).json()["user"]
    await stage.link(person)
    after = (await stage.get("/me", person)).json()["user"]

    assert set(before) == {"id", "email", "emporiaUsername", "createdAt", "updatedAt"}
    assert before["emporiaUsername"] is None
    assert after["emporiaUsername"] == "home@example.com"


@pytest.mark.parametrize(
    ("headers", "sentence"),
    [
        ({}, "Authorization header missing."),
        ({"Authorization": "Bearer"}, "Token missing."),
        ({"Authorization": "Bearer nonsense"}, "Invalid or expired token."),
        ({"Authorization": "Basic YTpi"}, "Invalid or expired token."),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/me"),
        ("DELETE", "/me"),
        ("POST", "/token"),
        ("POST", "/logout"),
        ("POST", "/emporia-auth"),
        ("DELETE", "/emporia-auth"),
        ("GET", "/devices"),
        ("GET", "/devices/instant"),
        ("GET", "/devices/1/history"),
    ],
)
async def test_every_row_with_auth_401_without_a_good_token(stage, method, path, headers, sentence):
    answer = await stage.client.request(method, path, headers=headers)

    assert (answer.status_code, answer.json()) == (401, {"error": sentence})


async def test_a_token_signed_with_another_secret_is_refused(stage):
    person = await stage.sign_up()
    claims = jwt.decode(person.token, options={"verify_signature": False})
    person.token = jwt.encode(claims, "another secret of thirty-two bytes!", algorithm="HS256")

    answer = await stage.get("/me", person)

    assert (answer.status_code, answer.json()["error"]) == (401, "Invalid or expired token.")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/me"),
        ("POST", "/emporia-auth"),
        ("DELETE", "/emporia-auth"),
        ("GET", "/devices"),
        ("GET", "/devices/instant"),
        ("GET", "/devices/1/history"),
    ],
)
async def test_every_row_with_auth_404_when_the_account_is_gone(stage, method, path):
    person = await stage.sign_up()
    await stage.client.request(
        "DELETE", "/me", headers=person.bearer, json={"password": person.password}
    )

    answer = await stage.client.request(method, path, headers=person.bearer)

    assert (answer.status_code, answer.json()) == (404, {"error": "User not found."})


async def test_post_token_200_gives_a_fresh_token_of_the_same_login(stage):
    person = await stage.sign_up()

    answer = await stage.client.post("/token", headers=person.bearer)

    assert answer.status_code == 200
    fresh = answer.json()["token"]
    assert fresh != person.token
    person.token = fresh
    assert (await stage.get("/me", person)).status_code == 200


async def test_post_token_401_once_the_login_is_too_old(stages):
    async with stages(login_lifetime_days=30) as stage:
        person = await stage.sign_up()
        claims = jwt.decode(person.token, options={"verify_signature": False})
        old = {**claims, "auth_time": claims["iat"] - 31 * 86_400}
        secret = bytes.fromhex((stage.settings.data_dir / "token-secret").read_text())
        person.token = jwt.encode(old, secret, algorithm="HS256")

        answer = await stage.client.post("/token", headers=person.bearer)

    assert (answer.status_code, answer.json()["error"]) == (401, "Invalid or expired token.")


async def test_post_logout_204_ends_the_token_and_what_was_renewed_from_it(stage):
    person = await stage.sign_up("ada@example.com")
    renewed = (await stage.client.post("/token", headers=person.bearer)).json()["token"]
    other_login = await stage.log_in("ada@example.com")

    answer = await stage.client.post("/logout", headers=person.bearer)

    assert (answer.status_code, answer.content) == (204, b"")
    statuses = {}
    for name, token in {"old": person.token, "renewed": renewed, "other": other_login}.items():
        person.token = token
        statuses[name] = (await stage.get("/me", person)).status_code
    assert statuses == {"old": 401, "renewed": 401, "other": 200}


async def test_delete_me_204_erases_the_account(stage):
    person = await stage.linked("ada@example.com")

    answer = await stage.client.request(
        "DELETE", "/me", headers=person.bearer, json={"password": person.password}
    )

    assert (answer.status_code, answer.content) == (204, b"")
    assert (await stage.get("/me", person)).json() == {"error": "User not found."}
    assert (await stage.client.post("/login", json=CREDENTIALS)).status_code == 401
    assert (await stage.client.post("/signup", json=CREDENTIALS)).status_code == 201


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 400), ({"password": ""}, 400), ({"password": 1}, 400), ({"password": "wrong"}, 401)],
)
async def test_delete_me_400_or_401_leaves_the_account(stage, body, status):
    person = await stage.sign_up()

    answer = await stage.client.request("DELETE", "/me", headers=person.bearer, json=body)

    assert answer.status_code == status
    assert (await stage.get("/me", person)).status_code == 200


async def test_delete_me_401_for_a_wrong_password_says_so(stage):
    person = await stage.sign_up()

    answer = await stage.client.request(
        "DELETE", "/me", headers=person.bearer, json={"password": "wrong horse"}
    )

    assert answer.json() == {"error": "Invalid email or password."}


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
async def test_get_health_200(stage, path):
    answer = await stage.client.get(path)

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.of_sqlite("its file goes; see test_postgresql_outage.py")
async def test_get_health_ready_503_when_the_database_cannot_be_reached(stage):
    await stage.client.get("/health/ready")
    await stage.container.engine().dispose()
    (stage.settings.data_dir / "gateway.sqlite3").unlink()
    (stage.settings.data_dir / "gateway.sqlite3").mkdir()

    answer = await stage.client.get("/health/ready")

    assert answer.status_code == 503
    assert set(answer.json()) == {"error"}
    assert (await stage.client.get("/health/live")).status_code == 200
