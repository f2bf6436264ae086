"""Whatever happens to logins and keys, in whatever order and on whatever clock: the model knows."""

import asyncio
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from application.accounts.access import AccessPolicy
from application.accounts.keys.create_key import KeyRequest
from application.accounts.passwords.change_password import PasswordChange
from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.sessions.log_in import Credentials
from domain.accounts.errors import KeyUnknown, SessionUnknown
from domain.accounts.keys import KeyId, KeyScope
from domain.errors import AccessTokenInvalid, WrongCredentials
from tests.unit.application.conftest import World

MANY = int(os.environ.get("FUZZ", "1"))
POLICY = AccessPolicy(token_lifetime=timedelta(hours=1), login_lifetime=timedelta(days=2))
PEOPLE = st.sampled_from(["ada@example.com", "bob@example.com"])
PASSWORDS = st.sampled_from(["correct horse", "incorrect zebra"])
MOVES = st.sampled_from([0.0, 0.000001, 1.0, 59.0, 601.0, 3_599.0, 3_601.0, 90_000.0])
SETTINGS_OF_THE_CLOCK = st.sampled_from([-86_400, -3_600, -1, 1, 3_600])


@dataclass(eq=False)
class Login:
    """A login of somebody, which every token renewed from it belongs to."""

    email: str
    id: str
    is_over: bool = False


@dataclass(frozen=True)
class Token:
    """A token as it was given."""

    login: Login
    text: str = field(repr=False)
    expires_at: datetime


@dataclass(eq=False)
class Key:
    """A key as it was made."""

    email: str
    id: KeyId
    secret: str = field(repr=False)
    expires_at: datetime | None
    is_revoked: bool = False


class SessionsAndKeys(RuleBasedStateMachine):
    """Two people, all the tokens and keys they ever got, and a clock that is set."""

    tokens = Bundle("tokens")
    keys = Bundle("keys")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.world = self.runner.run(_world())
        self.passwords: dict[str, str] = {}
        self.given: list[Token] = []
        self.made: list[Key] = []

    def teardown(self) -> None:
        self.runner.run(self.world.shut_down())
        self.runner.close()

    @initialize(target=tokens)
    def begin(self):
        for email in ("ada@example.com", "bob@example.com"):
            caller = self.runner.run(self.world.sign_up(email))
            self.passwords[email] = "correct horse"
            self._end_all(email, but=None)
            self._given(email, self.world.issue_access.access_tokens.issue(caller.claims))
        return self.given[-1]

    @rule(target=tokens, email=PEOPLE, password=PASSWORDS)
    def log_in(self, email, password):
        credentials = Credentials(email=email, password=password)
        if password != self.passwords[email]:
            with pytest.raises(WrongCredentials):
                self.runner.run(self.world.log_in(credentials))
            self.runner.run(self.world.clock.advance(600))  # what a wrong password makes one wait
            return multiple()
        return self._given(email, self.runner.run(self.world.log_in(credentials)))

    @rule(target=tokens, token=tokens)
    def renew(self, token):
        caller = self._caller(token)
        if caller is None:
            return multiple()
        try:
            text = self.runner.run(self.world.renew_token(caller))
        except AccessTokenInvalid:
            assert self.world.clock.now() >= caller.claims.login_at + POLICY.login_lifetime
            return multiple()
        return self._given(token.login.email, text, login=token.login)

    @rule(token=tokens)
    def log_out(self, token):
        if caller := self._caller(token):
            self.runner.run(self.world.log_out(caller))
            token.login.is_over = True

    @rule(token=tokens, other=tokens)
    def end_one(self, token, other):
        caller = self._caller(token)
        if caller is None:
            return
        try:
            self.runner.run(self.world.end_session(caller, other.login.id))
        except SessionUnknown:
            assert other.login.is_over or other.login.email != token.login.email
        else:
            assert other.login.email == token.login.email
            other.login.is_over = True

    @rule(token=tokens)
    def end_others(self, token):
        if caller := self._caller(token):
            self.runner.run(self.world.end_other_sessions(caller))
            self._end_all(token.login.email, but=token.login)

    @rule(token=tokens, old=PASSWORDS, new=PASSWORDS)
    def change_password(self, token, old, new):
        caller = self._caller(token)
        if caller is None:
            return
        change = PasswordChange(old=CallersPassword(old), new=new)
        if old != self.passwords[token.login.email]:
            with pytest.raises(WrongCredentials):
                self.runner.run(self.world.change_password(caller, change))
            self.runner.run(self.world.clock.advance(600))
            return
        self.runner.run(self.world.change_password(caller, change))
        self.passwords[token.login.email] = new
        self._end_all(token.login.email, but=token.login)

    @rule(target=keys, token=tokens, lives=st.sampled_from([None, 60, 86_400]))
    def make_key(self, token, lives):
        caller = self._caller(token)
        if caller is None:
            return multiple()
        expires_at = lives and self.world.clock.now() + timedelta(seconds=lives)
        request = KeyRequest(
            name="display",
            scopes=frozenset({KeyScope.READ}),
            expires_at=expires_at,
            password=CallersPassword(self.passwords[token.login.email]),
        )
        key, secret = self.runner.run(self.world.create_key(caller, request))
        made = Key(token.login.email, key.id, secret.value, expires_at)
        self.made.append(made)
        return made

    @rule(token=tokens, key=keys)
    def revoke(self, token, key):
        caller = self._caller(token)
        if caller is None:
            return
        try:
            self.runner.run(self.world.revoke_key(caller, key.id))
        except KeyUnknown:
            assert key.is_revoked or key.email != token.login.email
        else:
            assert key.email == token.login.email
            key.is_revoked = True

    @rule(seconds=MOVES)
    def let_time_pass(self, seconds):
        self.runner.run(self.world.clock.advance(seconds))

    @rule(seconds=SETTINGS_OF_THE_CLOCK)
    def set_the_clock(self, seconds):
        self.world.clock.set_by(timedelta(seconds=seconds))

    @invariant()
    def what_is_good_lets_its_owner_in_and_nothing_else_anybody(self):
        for token in self.given:
            self._caller(token)
        for key in self.made:
            now = self.world.clock.now()
            is_over = key.expires_at is not None and key.expires_at <= now
            self._check(key.secret, key.email, is_good=not key.is_revoked and not is_over)

    def _caller(self, token):
        is_good = not token.login.is_over and self.world.clock.now() < token.expires_at
        return self._check(token.text, token.login.email, is_good=is_good)

    def _check(self, text, email, *, is_good):
        try:
            caller = self.runner.run(self.world.check_access(text))
        except AccessTokenInvalid:
            assert not is_good
            return None
        assert is_good
        assert caller.user.email.value == email
        return caller

    def _given(self, email, text, login=None):
        claims = self.world.access_tokens.read(text, now=self.world.clock.now())
        token = Token(login or Login(email, claims.login_id), text, claims.expires_at)
        self.given.append(token)
        return token

    def _end_all(self, email, *, but):
        for token in self.given:
            if token.login.email == email and token.login is not but:
                token.login.is_over = True


async def _world() -> World:
    return World(access_policy=POLICY)


def test_sessions_and_keys_behave_as_the_model_says():
    bounds = settings(
        derandomize=MANY == 1,
        database=None,
        deadline=None,
        max_examples=25 * MANY,
        stateful_step_count=25,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(SessionsAndKeys, settings=bounds)
