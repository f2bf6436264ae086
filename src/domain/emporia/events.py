"""What happens to links with Emporia accounts."""

from dataclasses import dataclass

from domain.accounts.users import UserId
from domain.emporia.links import AccountId
from domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkMade(Event):
    """A user has linked an Emporia account, perhaps in place of another one."""

    user_id: UserId
    account: AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRemoved(Event):
    """A user has let go of their Emporia account."""

    user_id: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDied(Event):
    """Emporia no longer takes the refresh token of a link."""

    user_id: UserId
    account: AccountId
