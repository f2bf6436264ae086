"""Logins as their owner sees them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.accounts.users import UserId

PASSWORD_HOLDS = timedelta(minutes=10)
"""How long after the password was given it is not asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A login; times are UTC.

    `name` says by what it was begun, `address_prefix` roughly from where. `password_at` is when the
    password was given last, None where that is not known.
    """

    login_id: str
    user_id: UserId
    name: str
    address_prefix: str
    begun_at: datetime
    last_used_at: datetime
    ends_at: datetime
    password_at: datetime | None = None

    def is_idle(self, now: datetime, *, longest: timedelta) -> bool:
        """Whether it was not used for longer than that."""
        return now - self.last_used_at > longest

    def knows_password(self, now: datetime) -> bool:
        """Whether the password was given lately; not where the clock was set back since."""
        given = self.password_at
        return given is not None and timedelta(0) <= now - given <= PASSWORD_HOLDS
