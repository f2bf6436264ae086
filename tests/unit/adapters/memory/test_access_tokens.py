from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from adapters.memory.remembering.access_tokens import RememberingAccessTokens
from adapters.security.jwt import JwtAccessTokens
from application.ports.accounts.access_tokens import AccessClaims, AccessTokens
from domain.accounts.users import UserId
from domain.errors import AccessTokenInvalid

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLAIMS = AccessClaims(
    user_id=UserId(UUID(int=1)),
    email="ada@example.com",
    token_id="token",
    login_id="login",
    login_at=NOON,
    issued_at=NOON,
    expires_at=NOON + timedelta(hours=1),
)


class CountingTokens(JwtAccessTokens):
    """Counts the tokens it checks."""

    def __init__(self) -> None:
        super().__init__([b"s" * 32])
        self.checks = 0

    def read(self, token: str, *, now: datetime) -> AccessClaims:
        self.checks += 1
        return super().read(token, now=now)


@pytest.fixture
def kept() -> CountingTokens:
    return CountingTokens()


@pytest.fixture
def tokens(kept: CountingTokens) -> AccessTokens:
    return RememberingAccessTokens(kept)


def test_a_good_token_is_checked_once(tokens, kept) -> None:
    token = tokens.issue(CLAIMS)
    assert [tokens.read(token, now=NOON) for _ in range(3)] == [CLAIMS] * 3
    assert kept.checks == 1


def test_a_remembered_token_ends_in_its_time(tokens) -> None:
    token = tokens.issue(CLAIMS)
    tokens.read(token, now=NOON)
    for _ in range(2):
        with pytest.raises(AccessTokenInvalid):
            tokens.read(token, now=CLAIMS.expires_at)


@pytest.mark.parametrize("change", [slice(0, -1), slice(1, None)])
def test_a_changed_token_is_another_one(tokens, change) -> None:
    token = tokens.issue(CLAIMS)
    tokens.read(token, now=NOON)
    with pytest.raises(AccessTokenInvalid):
        tokens.read(token[change], now=NOON)


def test_a_token_that_is_no_text_is_refused(tokens) -> None:
    with pytest.raises(AccessTokenInvalid):
        tokens.read("\ud83d", now=NOON)


def test_memory_is_bounded(tokens, kept, monkeypatch) -> None:
    monkeypatch.setattr("adapters.memory.remembering.access_tokens.MOST_REMEMBERED", 1)
    first, second = tokens.issue(CLAIMS), tokens.issue(replace(CLAIMS, token_id="other"))
    for token in (first, second, first):
        tokens.read(token, now=NOON)
    assert kept.checks == 3
