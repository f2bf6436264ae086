"""The trail: what happened to an account, for its owner and the operator to read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.accounts.users import UserId

SIGN_IN_FAILED = "sign_in_failed"
PROOF_FAILED = "proof_failed"
SECOND_FACTOR_FAILED = "second_factor_failed"
ACCOUNT_DELETED = "account_deleted"

FAILURES = frozenset({SIGN_IN_FAILED, PROOF_FAILED, SECOND_FACTOR_FAILED})
"""Whoever tries on and on leaves a line an hour of each."""

MOST_SHOWN = 200
USUALLY_SHOWN = 50

MOST_OF_A_USER = 1000
"""Lines kept of a user; of more the oldest failures go first, then the oldest of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One thing that happened; times are UTC.

    A `user_id` of None is nobody's who is known any more: the operator alone reads it. Failures of
    one hour from about one place are one line: `times` counts them, the first was `at`, the last
    `until`.
    """

    user_id: UserId | None
    at: datetime
    kind: str
    by: str
    detail: Mapping[str, str] = field(default_factory=dict)
    times: int = 1
    until: datetime | None = None

    @property
    def group(self) -> str | None:
        """What a user's lines that are counted together have in common; None for all others."""
        if self.kind not in FAILURES:
            return None
        hour = self.at.replace(minute=0, second=0, microsecond=0)
        return f"{self.kind} {hour.isoformat()} {self.detail.get('address', '')}"

    @property
    def last_at(self) -> datetime:
        """When it happened last."""
        return self.until or self.at

    def and_again(self, other: "TrailLine") -> "TrailLine":
        """Both in one line; they are of one group."""
        return replace(
            self,
            times=self.times + other.times,
            at=min(self.at, other.at),
            until=max(self.last_at, other.last_at),
        )


def kept_since(now: datetime, *, days: int) -> datetime:
    """From when on lines are kept at that time (UTC)."""
    return now - timedelta(days=days)
