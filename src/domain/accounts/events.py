"""What happens to people and their logins."""

from dataclasses import dataclass

from domain.accounts.users import UserId
from domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRegistered(Event):
    """Somebody has opened an account."""

    user_id: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRemoved(Event):
    """An account is erased, with all that was stored for it."""

    user_id: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    """A login has begun."""

    user_id: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRefused(Event):
    """Email and password did not fit; None where nobody has that email."""

    user_id: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginEnded(Event):
    """A login is over before its time, and every token of it with it."""

    user_id: UserId
    login_id: str
