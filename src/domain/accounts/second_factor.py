"""Something that only its owner has, asked for beside the password."""

import hmac
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.accounts.callers.pauses import PauseRule
from domain.accounts.errors import SecondFactorWrong
from domain.accounts.users import User, UserId

RECOVERY_CODES = 10
LONGEST_TYPED = 64
"""What is longer is no code, and is not looked at."""

SET_UP_LASTS = timedelta(minutes=10)

CODE_PAUSES = PauseRule(
    free_refusals=5,
    first_seconds=2,
    longest_seconds=900,
    forgotten_after_seconds=86_400,
)
"""Whoever has the password gets some hundred guesses a day, of a million codes."""

_ONE_TIME = re.compile(r"[0-9]{6}")
_FILLING = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactor:
    """An authenticator app that makes codes of this secret, which is base32; times are UTC.

    `since` is None while it is only being set up. `secret` is None where what it was sealed with
    is lost: no code is good then.
    """

    user_id: UserId
    secret: str | None = field(repr=False)
    begun_at: datetime
    since: datetime | None = None

    @property
    def is_on(self) -> bool:
        """Whether a login needs it."""
        return self.since is not None

    def may_be_confirmed(self, user: User, now: datetime) -> bool:
        """Whether its set-up was begun lately, and no sessions of the user were ended since."""
        ended_at = user.logins_since
        return timedelta(0) <= now - self.begun_at <= SET_UP_LASTS and (
            ended_at is None or ended_at <= self.begun_at
        )

    def known_secret(self) -> str:
        """The secret; raises SecondFactorWrong where it is lost."""
        if self.secret is None:
            raise SecondFactorWrong
        return self.secret


@dataclass(frozen=True, slots=True)
class TypedCode:
    """A code as somebody typed it, without the spaces and dashes between its groups."""

    value: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", _FILLING.sub("", self.value[:LONGEST_TYPED]).lower())

    @property
    def is_one_time(self) -> bool:
        """Whether it looks like a code of an app; a recovery code is longer, and has letters."""
        return _ONE_TIME.fullmatch(self.value) is not None


def recovery_mark(secret: str, code: TypedCode) -> bytes:
    """What is kept of a recovery code: nothing that anybody could sign in with.

    A fast hash is enough, for such a code has 80 random bits. The secret as its key ties it to
    this second factor: one of before is good for nothing.
    """
    return hmac.digest(secret.encode(), b"recovery code " + code.value.encode(), "sha256")
