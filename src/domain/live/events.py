"""What happens while an account is watched."""

from dataclasses import dataclass

from domain.emporia.links import AccountId
from domain.emporia.samples import UsageSample
from domain.emporia.usage import EnergyUnit, Scale
from domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTaken(Event):
    """Emporia has told what an account uses now."""

    account: AccountId
    scale: Scale
    unit: EnergyUnit
    sample: UsageSample


@dataclass(frozen=True, slots=True, kw_only=True)
class PollFailed(Event):
    """A poll brought no sample; `failures` counts those in a row, this one included."""

    account: AccountId
    reason: str
    failures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PollsRecovered(Event):
    """A poll has succeeded after others had failed."""

    account: AccountId
