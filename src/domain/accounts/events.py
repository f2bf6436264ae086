"""What happens to people and their logins.

`by` is who did it; None where another process did, which keeps that itself.
"""

from dataclasses import dataclass

from domain.accounts.callers.actors import Actor
from domain.accounts.keys import KeyId
from domain.accounts.users import UserId
from domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRegistered(Event):
    """Somebody has opened an account."""

    user_id: UserId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRemoved(Event):
    """An account is erased, with all that was stored for it."""

    user_id: UserId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    """A login has begun."""

    user_id: UserId
    login_id: str
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRefused(Event):
    """Email and password did not fit; None where nobody has that email."""

    user_id: UserId | None
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginEnded(Event):
    """A login is over before its time, and every token of it with it.

    `session_name` and `reason` are in words for its owner, "" where they are not known.
    """

    user_id: UserId
    login_id: str
    session_name: str = ""
    reason: str = ""
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLoginsEnded(Event):
    """Every login of a user but this one is over before its time; `ended` were listed."""

    user_id: UserId
    kept_login_id: str
    ended: int
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(Event):
    """Somebody has replaced their password."""

    user_id: UserId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordRefused(Event):
    """Somebody who is signed in was asked for their password, and gave another."""

    user_id: UserId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordWasReset(Event):
    """Somebody's password was replaced without the old one, and all their logins are over."""

    user_id: UserId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMade(Event):
    """An API key was made."""

    user_id: UserId
    key_id: KeyId
    name: str
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRevoked(Event):
    """An API key is good for nothing any more; `name` is "" where another process revoked it."""

    user_id: UserId
    key_id: KeyId
    name: str = ""
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorSwitchedOn(Event):
    """From now on a login takes a code too."""

    user_id: UserId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorSwitchedOff(Event):
    """A login takes no code any more."""

    user_id: UserId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesRenewed(Event):
    """Somebody has new recovery codes, and those of before are good for nothing."""

    user_id: UserId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodeUsed(Event):
    """A recovery code was taken in the place of a code of the app."""

    user_id: UserId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorRefused(Event):
    """The password was right and the code was not."""

    user_id: UserId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityJoined(Event):
    """Somebody can sign in as this user with an identity of the provider's."""

    user_id: UserId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLeft(Event):
    """Nobody can sign in as this user with an identity of the provider's any more."""

    user_id: UserId
    by: Actor | None = None
