"""Whatever people do with their accounts, in whatever order: the API does what the model says."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import ClassVar

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

MANY = int(os.environ.get("FUZZ", "1"))
"""How often everything is tried: `make fuzz` says more."""

BOUNDS = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=10 * MANY,
    stateful_step_count=40,
    suppress_health_check=list(HealthCheck),
)
SERIALS = count()

NAMES = st.sampled_from(["ada", "bob"])
CASES = st.sampled_from([str.lower, str.upper, str.title])
PASSWORDS = st.sampled_from(["correct horse", "battery staple"])
NONSENSE = st.sampled_from(
    [
        {},
        {"email": "ada@example.com"},
        {"email": "", "password": "correct horse"},
        {"email": 7, "password": "correct horse"},
        {"email": "ada@example.com", "password": None},
        {"email": "no address", "password": "correct horse"},
        {"email": "short@example.com", "password": "short"},
        {"email": "long@example.com", "password": "x" * 1025},
    ]
)
FORGERIES = st.sampled_from(["nonsense", "a.b.c", "é", "e30.e30."])
HOMES = {"home@example.com": "emporia-password", "solar@example.com": "solar-password"}
REFUSED_HOMES = {
    ("home@example.com", "wrong"): "Emporia authentication failed",
    ("nobody@example.com", "wrong"): "Emporia authentication failed",
    ("reset@example.com", "reset-password"): (
        "Emporia requires a password reset for this account."
    ),
    ("unconfirmed@example.com", "unconfirmed-password"): (
        "This Emporia account is not confirmed yet."
    ),
}


@dataclass(eq=False)
class Account:
    """What the model knows of one account."""

    email: str
    password: str
    home: str | None = None
    is_gone: bool = False


@dataclass(eq=False)
class Login:
    """A login, which every token renewed from it belongs to."""

    account: Account
    is_over: bool = False


@dataclass(frozen=True)
class Token:
    """A token as the gateway gave it."""

    login: Login
    text: str = field(repr=False)


class AccountsMachine(RuleBasedStateMachine):
    """Two people with two passwords, and all the tokens they ever got."""

    gateway_url: ClassVar[str]
    tokens = Bundle("tokens")

    def __init__(self) -> None:
        super().__init__()
        self.client = httpx.Client(base_url=self.gateway_url)
        self.domain = f"{next(SERIALS)}.example.com"
        self.accounts: dict[str, Account] = {}

    def teardown(self) -> None:
        self.client.close()

    @initialize(target=tokens)
    def begin_with_somebody(self):
        self.sign_up("ada", str.lower, "correct horse")
        return self.log_in("ada", str.lower, "correct horse")

    @rule(name=NAMES, case=CASES, password=PASSWORDS)
    def sign_up(self, name, case, password):
        email = case(f"{name}@{self.domain}")
        answer = self.client.post("/signup", json={"email": email, "password": password})
        if name in self.accounts:
            refused(answer, 409, "User with this email already exists.")
        else:
            assert answer.status_code == 201
            assert answer.json()["user"]["email"] == email
            self.accounts[name] = Account(email, password)

    @rule(body=NONSENSE)
    def sign_up_with_nonsense(self, body):
        refused(self.client.post("/signup", json=body), 400)

    @rule(target=tokens, name=NAMES, case=CASES, password=PASSWORDS)
    def log_in(self, name, case, password):
        body = {"email": case(f"{name}@{self.domain}"), "password": password}
        answer = self.client.post("/login", json=body)
        account = self.accounts.get(name)
        if account is None or account.password != password:
            refused(answer, 401, "Invalid email or password.")
            return multiple()
        assert answer.status_code == 200
        return Token(Login(account), answer.json()["token"])

    @rule(target=tokens, token=tokens)
    def renew(self, token):
        answer = self.ask(token, "POST", "/token")
        if answer is None:
            return multiple()
        assert answer.status_code == 200
        return Token(token.login, answer.json()["token"])

    @rule(token=tokens)
    def log_out(self, token):
        answer = self.ask(token, "POST", "/logout")
        if answer is not None:
            assert answer.status_code == 204
            token.login.is_over = True

    @rule(token=tokens)
    def read_me(self, token):
        answer = self.ask(token, "GET", "/me")
        if answer is not None:
            user = answer.json()["user"]
            assert user["email"] == token.login.account.email
            assert user["emporiaUsername"] == token.login.account.home

    @rule(token=tokens, home=st.sampled_from(sorted(HOMES)))
    def link(self, token, home):
        body = {"emporiaUsername": home, "emporiaPassword": HOMES[home]}
        answer = self.ask(token, "POST", "/emporia-auth", json=body)
        if answer is not None:
            assert answer.json() == {"message": "Emporia authentication successful"}
            token.login.account.home = home
            self.list_devices(token)
            self.read_instant(token, "now")

    @rule(token=tokens, credentials=st.sampled_from(sorted(REFUSED_HOMES)))
    def link_what_emporia_refuses(self, token, credentials):
        username, password = credentials
        body = {"emporiaUsername": username, "emporiaPassword": password}
        answer = self.ask(token, "POST", "/emporia-auth", json=body)
        if answer is not None:
            refused(answer, 400, REFUSED_HOMES[credentials])

    @rule(token=tokens)
    def unlink(self, token):
        answer = self.ask(token, "DELETE", "/emporia-auth")
        if answer is not None:
            assert answer.status_code == 204
            token.login.account.home = None
            self.list_devices(token)

    @rule(token=tokens)
    def list_devices(self, token):
        answer = self.ask(token, "GET", "/devices")
        if answer is not None and token.login.account.home is None:
            refused(answer, 400, "Failed to fetch devices")
        elif answer is not None:
            assert answer.json()["email"] == token.login.account.home

    @rule(token=tokens, instant=st.sampled_from(["now", "2026-03-01T12:00:00Z"]))
    def read_instant(self, token, instant):
        when = datetime.now(UTC).isoformat() if instant == "now" else instant
        query = {"instant": when, "scale": "1MIN", "energyUnit": "KilowattHours"}
        answer = self.ask(token, "GET", "/devices/instant", params=query)
        if answer is not None and token.login.account.home is None:
            refused(answer, 400, "Failed to fetch device instant usage")
        elif answer is not None:
            assert answer.json()["deviceListUsages"]["devices"]

    @precondition(lambda machine: len(machine.accounts) == 2)
    @rule(token=tokens)
    def delete(self, token):
        answer = self.ask(token, "DELETE", "/me", json={"password": "wrong horse"})
        if answer is not None:
            refused(answer, 401, "Invalid email or password.")
            account = token.login.account
            answer = self.ask(token, "DELETE", "/me", json={"password": account.password})
            assert answer is not None
            assert answer.status_code == 204
            account.is_gone = True
            self.accounts = {
                name: kept for name, kept in self.accounts.items() if kept is not account
            }

    @rule(text=FORGERIES)
    def come_with_a_forgery(self, text):
        answer = self.client.get("/me", headers=bearer(text))
        refused(answer, 401, "Invalid or expired token.")

    def ask(self, token, method, path, **content) -> httpx.Response | None:
        """The answer, or None after the refusal of a token that is no longer good."""
        answer = self.client.request(method, path, headers=bearer(token.text), **content)
        if token.login.account.is_gone:
            refused(answer, 404, "User not found.")
            return None
        if token.login.is_over:
            refused(answer, 401, "Invalid or expired token.")
            return None
        return answer


def bearer(token: str) -> dict[bytes, bytes]:
    return {b"Authorization": f"Bearer {token}".encode()}


def refused(answer: httpx.Response, status: int, sentence: str | None = None) -> None:
    """Assert that the answer is this failure."""
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]
    assert sentence in {None, answer.json()["error"]}


def test_accounts_behave_as_the_model_says(gateway_url):
    machine = type("AccountsOfTheGateway", (AccountsMachine,), {"gateway_url": gateway_url})

    run_state_machine_as_test(machine, settings=BOUNDS)
