"""What a stream shows: one account's usage at a scale, in a unit, of some devices."""

from dataclasses import dataclass, replace

from domain.accounts.keys import KeyLimits
from domain.accounts.users import UserId
from domain.emporia.links import AccountId
from domain.emporia.usage import EnergyUnit, Scale

DEFAULT_SCALE = Scale.MINUTE
DEFAULT_UNIT = EnergyUnit.KILOWATT_HOURS


@dataclass(frozen=True, slots=True)
class FeedKey:
    """What is polled together: everybody who wants the same shares one poll."""

    account: AccountId
    scale: Scale = DEFAULT_SCALE
    unit: EnergyUnit = DEFAULT_UNIT
    panel: int | None = None
    """The panel whose true seconds are replayed; None is what is newest of all devices."""


@dataclass(frozen=True, slots=True)
class View:
    """What is encoded together: which devices (None: all), and whether frames tell their age.

    `limits` are those of an API key; None shows everything. `tells_flows` adds to each home what
    goes which way, `priced_for` what it costs by the tariffs of that user.
    """

    gids: frozenset[int] | None = None
    tells_age: bool = False
    limits: KeyLimits | None = None
    tells_flows: bool = False
    priced_for: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What a client asked for; a client that asks for nothing gets PLAIN.

    `wants_replay` asks for true seconds in arrears; `panel` is whose they are, once that is known.
    `wants_costs` asks for what homes cost: whose tariffs these are by is known to the stream.
    """

    scale: Scale = DEFAULT_SCALE
    unit: EnergyUnit = DEFAULT_UNIT
    view: View = View(tells_age=True)
    wants_replay: bool = False
    panel: int | None = None
    wants_costs: bool = False

    def key(self, account: AccountId) -> FeedKey:
        """The feed that serves this subscription."""
        return FeedKey(account, self.scale, self.unit, self.panel)

    @property
    def shown(self) -> View:
        """What frames show: a replay nothing but its panel."""
        if self.panel is None:
            return self.view
        return replace(self.view, gids=frozenset({self.panel}))

    def gone_live(self) -> "Subscription":
        """The same of what is newest, where there is nothing to replay."""
        return Subscription(unit=self.unit, view=self.view, wants_costs=self.wants_costs)


PLAIN = Subscription(view=View())
