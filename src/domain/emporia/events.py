"""What happens to links with Emporia accounts. `by` is who did it."""

from dataclasses import dataclass

from domain.accounts.callers.actors import Actor
from domain.accounts.users import UserId
from domain.emporia.devices import Customer
from domain.emporia.links import AccountId
from domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkMade(Event):
    """A user has linked an Emporia account, perhaps in place of another one."""

    user_id: UserId
    account: AccountId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRemoved(Event):
    """A user has let go of their Emporia account."""

    user_id: UserId
    account: AccountId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsErased(Event):
    """Spent budgets of accounts that nobody is linked to were a day old, and are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDied(Event):
    """Emporia no longer takes the refresh token of a link."""

    user_id: UserId
    account: AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRenewed(Event):
    """The gateway has signed in anew for a link, with the password that it keeps."""

    user_id: UserId
    account: AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class EmporiaPasswordKept(Event):
    """A user has let the gateway keep the password of the Emporia account just linked."""

    user_id: UserId
    account: AccountId
    by: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmporiaPasswordForgotten(Event):
    """Emporia refused the password that was kept for a link; it is erased."""

    user_id: UserId
    account: AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class EmporiaPasswordsErased(Event):
    """Kept passwords are gone: a link was made anew, or the operator lets none be kept any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesListed(Event):
    """Emporia has told which devices an account has."""

    customer: Customer


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLeftOut(Event):
    """Emporia refuses to answer for a device of the account; the others go on without it."""

    account: AccountId
    gid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceBack(Event):
    """Emporia answers again for a device that was left out."""

    account: AccountId
    gid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerOpened(Event):
    """A partner is not asked for `pause_seconds`, after so many failures in a row.

    `partner` is `account 42`, `the history of account 42`, `the cloud`, `the sign-in of user <id>`
    or `the first link of user <id>`; `trouble` tells how the newest try failed.
    """

    partner: str
    trouble: str
    failures: int
    pause_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerProbed(Event):
    """The pause is over, and one request leaves to see whether the partner is back."""

    partner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerClosed(Event):
    """A partner answers again, after so many failures in a row."""

    partner: str
    failures: int
