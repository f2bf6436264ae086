"""What the in-memory repositories keep together, so that erasing a user erases all of theirs."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from application.ports.emporia.last_answers import LastAnswer
from domain.accounts.callers.networks import Network
from domain.accounts.identities import JoinedIdentity
from domain.accounts.keys import ApiKey
from domain.accounts.second_factor import SecondFactor
from domain.accounts.sessions import Session
from domain.accounts.tenants import Tenant, TenantId
from domain.accounts.trail import TrailLine
from domain.accounts.users import Login, User, UserId
from domain.billing.money import Currency
from domain.billing.tariffs.kept import KeptTariff, TariffId
from domain.emporia.links import EmporiaLink


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedLogin:
    """A login that was ended, and when the last token of it expires (UTC)."""

    user_id: UserId
    until: datetime


@dataclass(slots=True)
class KeptSecondFactor:
    """A second factor, the last step of the clock that was used, and the unused recovery codes."""

    factor: SecondFactor
    last_step: int = -1
    marks: set[bytes] = field(default_factory=set)


@dataclass(slots=True)
class InMemoryStore:
    """The rows of one gateway; hand the same one to every repository."""

    tenants: dict[TenantId, Tenant] = field(default_factory=dict)
    users: dict[UserId, User] = field(default_factory=dict)
    links: dict[UserId, EmporiaLink] = field(default_factory=dict)
    emporia_passwords: dict[UserId, str] = field(default_factory=dict)
    ended_logins: dict[str, EndedLogin] = field(default_factory=dict)
    api_keys: dict[bytes, ApiKey] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    second_factors: dict[UserId, KeptSecondFactor] = field(default_factory=dict)
    identities: dict[tuple[UserId, str], JoinedIdentity] = field(default_factory=dict)
    last_answers: dict[tuple[UserId, str], LastAnswer] = field(default_factory=dict)
    known_networks: dict[UserId, dict[Network, datetime]] = field(default_factory=dict)
    tariffs: dict[TariffId, KeptTariff] = field(default_factory=dict)
    currencies: dict[UserId, Currency] = field(default_factory=dict)
    trail: list[TrailLine] = field(default_factory=list)

    def erase_user(self, user_id: UserId) -> None:
        """Erase a user and all of theirs."""
        self.users.pop(user_id, None)
        self.erase_link(user_id)
        self.known_networks.pop(user_id, None)
        self.erase_sessions(user_id)
        self.erase_keys(user_id)
        self.second_factors.pop(user_id, None)
        self.erase_identities(user_id)
        self.erase_tariffs(user_id)
        self.currencies.pop(user_id, None)
        self.trail[:] = [line for line in self.trail if line.user_id != user_id]
        for login_id, login in tuple(self.ended_logins.items()):
            if login.user_id == user_id:
                del self.ended_logins[login_id]

    def goes_on(self, user_id: UserId, login: Login) -> bool:
        """Whether there is such a user, and this login of theirs is not over."""
        user = self.users.get(user_id)
        return (
            user is not None
            and login.id not in self.ended_logins
            and not user.has_ended(login.id, begun_at=login.begun_at)
        )

    def keep_link(self, link: EmporiaLink, password: str | None) -> None:
        """Keep a link, and the password or none with it."""
        self.links[link.user_id] = replace(link, keeps_password=password is not None)
        self.emporia_passwords.pop(link.user_id, None)
        if password is not None:
            self.emporia_passwords[link.user_id] = password

    def erase_link(self, user_id: UserId) -> None:
        """Erase a link and what is kept for it."""
        self.links.pop(user_id, None)
        self.emporia_passwords.pop(user_id, None)
        self.erase_answers(user_id)

    def erase_answers(self, user_id: UserId) -> None:
        """Erase what is kept for a link."""
        for key in [key for key in self.last_answers if key[0] == user_id]:
            del self.last_answers[key]

    def erase_keys(self, user_id: UserId) -> None:
        """Erase the API keys of a user."""
        for secret_hash, key in tuple(self.api_keys.items()):
            if key.user_id == user_id:
                del self.api_keys[secret_hash]

    def erase_sessions(self, user_id: UserId, *, kept: str | None = None) -> None:
        """Erase the sessions of a user, but for the one to be kept."""
        for session in tuple(self.sessions.values()):
            if session.user_id == user_id and session.login_id != kept:
                del self.sessions[session.login_id]

    def erase_identities(self, user_id: UserId) -> None:
        """Erase what a user signs in with at providers."""
        for key in [key for key in self.identities if key[0] == user_id]:
            del self.identities[key]

    def erase_tariffs(self, user_id: UserId) -> None:
        """Erase the tariffs of a user."""
        for kept in tuple(self.tariffs.values()):
            if kept.user_id == user_id:
                del self.tariffs[kept.id]
