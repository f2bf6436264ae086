"""What the in-memory repositories keep together, so that erasing a user erases all of theirs."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.accounts.networks import Network
from domain.accounts.users import User, UserId
from domain.emporia.links import AccountId, EmporiaLink


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedLogin:
    """A login that was ended, and when the last token of it expires (UTC)."""

    user_id: UserId
    until: datetime


@dataclass(slots=True)
class InMemoryStore:
    """The rows of one gateway; hand the same one to every repository."""

    users: dict[UserId, User] = field(default_factory=dict)
    links: dict[UserId, EmporiaLink] = field(default_factory=dict)
    accounts: dict[str, AccountId] = field(default_factory=dict)
    ended_logins: dict[str, EndedLogin] = field(default_factory=dict)
    known_networks: dict[UserId, dict[Network, datetime]] = field(default_factory=dict)
