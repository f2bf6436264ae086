"""The bodies and answers that clients know since the first version; they stay for ever."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar.params import KwargDefinition
from msgspec import UNSET, Meta, Struct, UnsetType

from application.emporia.cloud.request_budgets import BudgetStatus
from application.emporia.read_profile import Profile
from domain.accounts.users import User
from domain.emporia.usage import ChartUsage
from domain.instants import format_instant

Instant = Annotated[str, KwargDefinition(format="date-time")]
Filled = Annotated[str, Meta(min_length=1)]


class Credentials(Struct):
    """An email and a password."""

    email: Annotated[Filled, Meta(examples=["ada@example.com"])]
    password: Annotated[Filled, Meta(examples=["correct horse battery staple"])]


class PasswordProof(Struct):
    """The password once more, so that nobody erases an account by accident."""

    password: Annotated[Filled, Meta(examples=["correct horse battery staple"])]


class EmporiaCredentials(Struct, rename="camel"):
    """The user name and password of the Emporia app.

    They are used once, unless the gateway may keep the password, and is asked to.
    """

    emporia_username: Annotated[Filled, Meta(examples=["ada@example.com"])]
    emporia_password: Annotated[Filled, Meta(examples=["the password of the Emporia app"])]
    keep_password: Annotated[bool, Meta(examples=[False])] = False


class NewUser(Struct, rename="camel"):
    """An account that was just opened."""

    id: UUID
    email: str
    created_at: Instant
    updated_at: Instant


class SignedUp(Struct):
    """The answer to a sign-up."""

    user: NewUser

    @classmethod
    def of(cls, user: User) -> "SignedUp":
        """Show an account without its secrets."""
        return cls(
            NewUser(
                id=user.id,
                email=user.email.value,
                created_at=format_instant(user.created_at),
                updated_at=format_instant(user.updated_at),
            )
        )


class KnownUser(Struct, rename="camel"):
    """An account and the Emporia account linked to it, null without one."""

    id: UUID
    email: str
    emporia_username: str | None
    created_at: Instant
    updated_at: Instant


class Me(Struct):
    """The answer to somebody who asks who they are."""

    user: KnownUser

    @classmethod
    def of(cls, profile: Profile) -> "Me":
        """Show a profile without its secrets."""
        user = profile.user
        return cls(
            KnownUser(
                id=user.id,
                email=user.email.value,
                emporia_username=profile.emporia_username,
                created_at=format_instant(user.created_at),
                updated_at=format_instant(user.updated_at),
            )
        )


class Budget(Struct, rename="camel"):
    """Requests to Emporia over the last 24 hours; `left` is null where there is no limit.

    `replay` is there, and true, where streams may ask for true seconds.
    """

    daily_requests: int
    spent: int
    left: int | None
    replay: bool | UnsetType = UNSET


class BudgetAnswer(Struct):
    """The answer to somebody who asks what is left."""

    budget: Budget

    @classmethod
    def of(cls, status: BudgetStatus) -> "BudgetAnswer":
        """Show how a budget stands."""
        return cls(
            Budget(
                daily_requests=status.daily_requests,
                spent=status.spent,
                left=status.left,
                replay=status.allows_replay or UNSET,
            )
        )


class Event(Struct):
    """One event of a stream; `data` is the frame that a WebSocket gets, `id` a sample's instant."""

    event: Literal["deviceData", "error"]
    data: str
    id: str | UnsetType = UNSET


class Token(Struct):
    """An access token, a JWT."""

    token: str


class Message(Struct):
    """Good news in words."""

    message: str


class Status(Struct):
    """How the gateway is."""

    status: str


class Readiness(Struct):
    """How the gateway is; `away` is what nodes share and can't be reached, told where it is so."""

    status: str
    away: list[str] | UnsetType = UNSET


class History(Struct, rename="camel"):
    """One series: value i covers the i-th bucket from the first instant; null is a gap."""

    first_usage_instant: Instant | None
    usage_list: list[float | None]

    @classmethod
    def of(cls, chart: ChartUsage) -> "History":
        """Show a series in Emporia's own words."""
        first = chart.first_usage_instant
        return cls(
            first_usage_instant=None if first is None else format_instant(first),
            usage_list=list(chart.usages),
        )


class Customer(Struct, rename="camel"):
    """Emporia's customer object, passed on as it is: it may hold more than is told here."""

    customer_gid: int
    devices: list[dict[str, Any]]
    email: str | UnsetType | None = UNSET
    first_name: str | UnsetType | None = UNSET
    last_name: str | UnsetType | None = UNSET
    created_at: str | UnsetType | None = UNSET


class DeviceUsage(Struct, rename="camel"):
    """What one device used, by channel; a usage of null means that no data has come yet."""

    device_gid: int
    channel_usages: list[dict[str, Any]]


class DeviceListUsages(Struct, rename="camel"):
    """Emporia's usages of one instant, passed on as they are."""

    instant: str
    scale: str
    energy_unit: str
    devices: list[DeviceUsage]


class InstantUsage(Struct, rename="camel"):
    """The answer to a question about one instant."""

    device_list_usages: DeviceListUsages
