"""The account rows of the REST tables."""

import pytest

WITHOUT_CREDENTIALS = [
    {},
    {"email": "ada@example.com"},
    {"password": "correct horse"},
    {"email": "", "password": "correct horse"},
    {"email": "ada@example.com", "password": ""},
    {"email": 1, "password": "correct horse"},
    {"email": "ada@example.com", "password": None},
    {"email": ["ada@example.com"], "password": {"a": 1}},
]


async def test_signup_answers_201_with_the_user(gateway):
    answer = await gateway.client.post(
        "/signup", json={"email": "Ada@example.com", "password": "correct horse", "extra": 1}
    )

    assert answer.status_code == 201
    assert answer.json() == {
        "user": {
            "id": "00000000-0000-0000-0000-000000000001",
            "email": "Ada@example.com",
            "createdAt": "2026-03-01T12:00:00Z",
            "updatedAt": "2026-03-01T12:00:00Z",
        }
    }


@pytest.mark.parametrize("path", ["/signup", "/login"])
@pytest.mark.parametrize("body", WITHOUT_CREDENTIALS)
async def test_credentials_that_are_missing_or_empty_or_no_strings_are_400(gateway, path, body):
    answer = await gateway.client.post(path, json=body)

    assert answer.status_code == 400
    assert answer.json() == {"error": "Email and password are required."}


@pytest.mark.parametrize("path", ["/signup", "/login"])
async def test_no_body_at_all_is_400_as_well(gateway, path):
    answer = await gateway.client.post(path)

    assert answer.status_code == 400
    assert answer.json() == {"error": "Email and password are required."}


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        (
            "not-an-email",
            "correct horse",
            "The email is not a valid address; name@example.com is.",
        ),
        ("   ", "correct horse", "The email is not a valid address; name@example.com is."),
        ("ada@example.com", "short", "The password must have 8 to 1024 characters."),
        ("ada@example.com", "x" * 1025, "The password must have 8 to 1024 characters."),
    ],
)
async def test_signup_with_a_malformed_email_or_password_is_400(gateway, email, password, sentence):
    answer = await gateway.client.post("/signup", json={"email": email, "password": password})

    assert answer.status_code == 400
    assert answer.json() == {"error": sentence}


async def test_signup_with_a_known_email_in_another_case_is_409(gateway):
    await gateway.sign_up("ada@example.com")

    answer = await gateway.client.post(
        "/signup", json={"email": "ADA@example.com", "password": "correct horse"}
    )

    assert answer.status_code == 409
    assert answer.json() == {"error": "User with this email already exists."}


async def test_login_answers_200_with_a_token(gateway):
    await gateway.sign_up()

    answer = await gateway.client.post(
        "/login", json={"email": "ADA@example.com", "password": "correct horse"}
    )

    assert answer.status_code == 200
    assert list(answer.json()) == ["token"]


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@example.com", "wrong"),
        ("nobody@example.com", "correct horse"),
        ("not-an-email", "correct horse"),
        ("ada@example.com", "x" * 2000),
    ],
)
async def test_login_that_does_not_fit_is_401_and_never_says_why(gateway, email, password):
    await gateway.sign_up()

    answer = await gateway.client.post("/login", json={"email": email, "password": password})

    assert answer.status_code == 401
    assert answer.json() == {"error": "Invalid email or password."}
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_me_answers_200_with_null_until_an_account_is_linked(gateway):
    headers = await gateway.sign_up()

    answer = await gateway.client.get("/me", headers=headers)

    assert answer.status_code == 200
    assert answer.json() == {
        "user": {
            "id": "00000000-0000-0000-0000-000000000001",
            "email": "ada@example.com",
            "emporiaUsername": None,
            "createdAt": "2026-03-01T12:00:00Z",
            "updatedAt": "2026-03-01T12:00:00Z",
        }
    }


async def test_me_names_the_linked_emporia_account(gateway):
    headers = await gateway.linked()

    answer = await gateway.client.get("/me", headers=headers)

    assert answer.json()["user"]["emporiaUsername"] == "home@example.com"


async def test_token_answers_200_with_a_fresh_token(gateway):
    headers = await gateway.sign_up()

    answer = await gateway.client.post("/token", headers=headers)

    renewed = {"Authorization": f"Bearer {answer.json()['token']}"}
    assert answer.status_code == 200
    assert renewed != headers
    assert (await gateway.client.get("/me", headers=renewed)).status_code == 200


async def test_logout_answers_204_without_a_body_and_ends_what_was_renewed(gateway):
    headers = await gateway.sign_up()
    token = (await gateway.client.post("/token", headers=headers)).json()["token"]

    answer = await gateway.client.post("/logout", headers=headers)

    after = await gateway.client.get("/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 204
    assert answer.content == b""
    assert after.status_code == 401
    assert after.json() == {"error": "Invalid or expired token."}


async def test_delete_me_answers_204_and_the_token_then_finds_no_user(gateway):
    headers = await gateway.sign_up()

    answer = await gateway.client.request(
        "DELETE", "/me", headers=headers, json={"password": "correct horse"}
    )

    after = await gateway.client.get("/me", headers=headers)
    assert answer.status_code == 204
    assert answer.content == b""
    assert after.status_code == 404
    assert after.json() == {"error": "User not found."}


async def test_delete_me_with_a_wrong_password_is_401(gateway):
    headers = await gateway.sign_up()

    answer = await gateway.client.request(
        "DELETE", "/me", headers=headers, json={"password": "wrong"}
    )

    assert answer.status_code == 401
    assert answer.json() == {"error": "Invalid email or password."}


@pytest.mark.parametrize("body", [b"", b"{}", b'{"password": ""}', b'{"password": 1}'])
async def test_delete_me_without_a_password_is_400(gateway, body):
    headers = await gateway.sign_up()

    answer = await gateway.client.request("DELETE", "/me", headers=headers, content=body)

    assert answer.status_code == 400
    assert answer.json() == {"error": "Password is required."}
