"""What a stream shows: one account's usage at a scale, in a unit, of some devices."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class View:
    """What is encoded together: which devices (None: all), and whether frames tell their age."""

    gids: frozenset[int] | None = None
    tells_age: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What a client asked for; a client that asks for nothing gets PLAIN."""

    scale: Scale = DEFAULT_SCALE
    unit: EnergyUnit = DEFAULT_UNIT
    view: View = View(tells_age=True)

    def key(self, account: AccountId) -> FeedKey:
        """The feed that serves this subscription."""
        return FeedKey(account, self.scale, self.unit)


PLAIN = Subscription(view=View())
