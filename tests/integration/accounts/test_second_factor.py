"""Second factors over real sockets: set up, asked for at the login, renewed and switched off."""

import time
from typing import Any

import pyotp
import pytest

LOGIN = {"email": "person0@example.com", "password": "correct horse"}
PROBLEM = {"Accept": "application/problem+json"}


class App:
    """An authenticator app; each code that it shows is of a step not shown before."""

    def __init__(self, secret: str) -> None:
        self._totp = pyotp.TOTP(secret)
        self._step = self._totp.timecode(time.time()) - 2

    def code(self) -> str:
        """A code that is good and was not used."""
        self._step += 1
        return self._totp.generate_otp(self._step)


async def begun(stage: Any, person: Any) -> App:
    answer = await stage.client.post("/me/second-factor", headers=person.bearer, json={})
    assert answer.status_code == 201
    told = answer.json()["secondFactor"]
    assert told["secret"] in told["uri"]
    return App(told["secret"])


async def switched_on(stage: Any) -> tuple[Any, App, list[str]]:
    person = await stage.sign_up()
    app = await begun(stage, person)
    answer = await stage.client.post(
        "/me/second-factor/confirm", headers=person.bearer, json={"code": app.code()}
    )
    assert answer.status_code == 200
    codes: list[str] = answer.json()["recoveryCodes"]
    return person, app, codes


async def log_in(stage: Any, **more: Any) -> tuple[int, str]:
    answer = await stage.client.post("/login", json={**LOGIN, **more}, headers=PROBLEM)
    return answer.status_code, answer.json().get("code", "")


async def test_a_login_takes_a_code_once_it_is_on(stage):
    _, app, _ = await switched_on(stage)
    plain = await stage.client.post("/login", json=LOGIN)
    assert plain.status_code == 401
    assert plain.text == (
        '{"error":"This account has a second factor; send its code as `code` too."}'
    )
    assert await log_in(stage) == (401, "second_factor_needed")
    assert await log_in(stage, code="000000") == (401, "second_factor_wrong")
    assert await log_in(stage, code=app.code()) == (200, "")


async def test_nothing_changes_before_it_is_confirmed(stage):
    person = await stage.sign_up()
    await begun(stage, person)
    assert await log_in(stage) == (200, "")


@pytest.mark.parametrize("code", [None, "", "123456", 5, [], {}, True, "x" * 10_000])
async def test_who_has_none_logs_in_as_ever_whatever_is_sent_as_code(stage, code):
    await stage.sign_up()
    assert await log_in(stage, code=code) == (200, "")


@pytest.mark.parametrize("code", [None, "", 123456, [], {"a": 1}])
async def test_what_can_be_no_code_counts_as_none(stage, code):
    await switched_on(stage)
    assert await log_in(stage, code=code) == (401, "second_factor_needed")


async def test_the_code_is_not_looked_at_before_the_password(stage):
    _, app, codes = await switched_on(stage)
    wrong = [
        await stage.client.post("/login", json={**LOGIN, "password": "wrong", **more})
        for more in ({}, {"code": app.code()}, {"code": codes[0]}, {"code": "000000"})
    ]
    unknown = await stage.client.post("/login", json={**LOGIN, "email": "no@example.com"})
    assert {(answer.status_code, answer.text) for answer in (*wrong, unknown)} == {
        (401, '{"error":"Invalid email or password."}')
    }
    assert await log_in(stage, code=codes[0]) == (200, "")


async def test_a_code_is_good_once(stage):
    _, app, codes = await switched_on(stage)
    for code in (app.code(), codes[0]):
        assert await log_in(stage, code=code) == (200, "")
        assert await log_in(stage, code=code) == (401, "second_factor_wrong")


async def test_many_wrong_codes_are_answered_with_a_pause(stage):
    _, app, _ = await switched_on(stage)
    for _ in range(5):
        assert await log_in(stage, code="not it") == (401, "second_factor_wrong")
    answer = await stage.client.post("/login", json={**LOGIN, "code": app.code()}, headers=PROBLEM)
    assert (answer.status_code, answer.json()["code"]) == (429, "second_factor_paused")
    assert answer.headers["Retry-After"] == "2"


async def test_it_is_told_without_a_secret(stage):
    person, _, codes = await switched_on(stage)
    await log_in(stage, code=codes[0])
    answer = await stage.client.get("/me/second-factor", headers=person.bearer)
    told = answer.json()["secondFactor"]
    assert told.pop("since").endswith("Z")
    assert told == {"on": True, "recoveryCodesLeft": 9}


async def test_one_who_has_none_is_told_so(stage):
    person = await stage.sign_up()
    answer = await stage.client.get("/me/second-factor", headers=person.bearer)
    assert answer.json() == {"secondFactor": {"on": False, "since": None, "recoveryCodesLeft": 0}}


async def test_new_recovery_codes_take_the_place_of_the_old(stage):
    person, app, old = await switched_on(stage)
    answer = await stage.client.post(
        "/me/second-factor/recovery-codes", headers=person.bearer, json={"code": app.code()}
    )
    new = answer.json()["recoveryCodes"]
    assert len(set(new)) == 10
    assert await log_in(stage, code=old[0]) == (401, "second_factor_wrong")
    assert await log_in(stage, code=new[0]) == (200, "")


async def test_switching_off_takes_a_code_and_the_password(stage):
    person, app, _ = await switched_on(stage)

    async def switch_off(**body: str) -> tuple[int, str]:
        answer = await stage.client.request(
            "DELETE", "/me/second-factor", headers={**person.bearer, **PROBLEM}, json=body
        )
        return answer.status_code, answer.json()["code"] if answer.content else ""

    assert await switch_off() == (400, "incomplete")
    assert await switch_off(code="000000") == (401, "second_factor_wrong")
    wrong = await switch_off(code=app.code(), password="wrong horse")
    assert wrong == (401, "wrong_credentials")
    assert await switch_off(code=app.code(), password="correct horse") == (204, "")
    assert await log_in(stage) == (200, "")
    assert await switch_off(code=app.code()) == (409, "second_factor_off")


async def test_a_token_alone_does_nothing_after_ten_minutes(stage):
    person, app, _ = await switched_on(stage)
    other = await stage.sign_up()
    sessions = stage.container.sessions()
    for one in (person, other):
        claims = stage.container.check_access().read(one.token)
        await sessions.forget(claims.login_id)
    calls: tuple[tuple[str, str, Any, dict[str, str]], ...] = (
        ("POST", "/me/second-factor", other, {}),
        ("POST", "/me/second-factor/recovery-codes", person, {"code": app.code()}),
        ("DELETE", "/me/second-factor", person, {"code": app.code()}),
    )
    for method, path, one, body in calls:
        answer = await stage.client.request(
            method, path, headers={**one.bearer, **PROBLEM}, json=body
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "password_needed")


async def test_an_account_is_deleted_by_its_password_as_ever(stage):
    person, _, _ = await switched_on(stage)
    answer = await stage.client.request(
        "DELETE", "/me", headers=person.bearer, json={"password": "correct horse"}
    )
    assert answer.status_code == 204


@pytest.mark.parametrize("sent", [{}, {"password": None}])
async def test_a_password_that_was_given_lately_may_be_left_out(stage, sent):
    person = await stage.sign_up()
    answer = await stage.client.post("/me/second-factor", headers=person.bearer, json=sent)
    assert answer.status_code == 201


async def test_no_key_is_good_for_second_factors_and_identities(stage):
    person, _, codes = await switched_on(stage)
    made = await stage.client.post(
        "/me/keys", headers=person.bearer, json={"name": "mine", "scopes": ["read"]}
    )
    key = {"Authorization": f"Bearer {made.json()['secret']}"}
    for method, path in (
        ("GET", "/me/second-factor"),
        ("POST", "/me/second-factor"),
        ("DELETE", "/me/second-factor"),
        ("POST", "/me/second-factor/confirm"),
        ("POST", "/me/second-factor/recovery-codes"),
        ("GET", "/me/identities"),
        ("POST", "/me/identities/oidc/start"),
        ("DELETE", "/me/identities/oidc"),
    ):
        body = {"code": codes[0], "password": "correct horse"}
        answer = await stage.client.request(method, path, headers=key, json=body)
        assert (answer.status_code, answer.json()) == (
            403,
            {"error": "This key may not do that."},
        )
