"""Which energy is paid for, once what was given is set against what was taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.billing.pricing.charge import Given, Taken

Carried = Mapping[str, int]
"""What net metering carries of each period of the energy rates, by its name, in millijoules."""

NOTHING_CARRIED: Carried = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What was taken and given in the slots of one period of the energy rates.

    `number` is the period's place in the rates, and `name` what its line is called.
    """

    number: int
    name: str
    taken: Taken
    given: Given

    @property
    def net(self) -> int:
        """Negative where more was given; millijoules."""
        return self.taken.millijoules - self.given.millijoules


@dataclass(frozen=True, slots=True, kw_only=True)
class Netted:
    """What is paid for of each use, in millijoules; what was given beyond; and what is left.

    `left` is what the next bill begins with, where what is over is carried.
    """

    paid: tuple[int, ...]
    over: tuple[int, ...]
    left: Carried


def all_taken(uses: Sequence[Use], carried: Carried) -> Netted:
    """All that was taken is paid for, and nothing is set against it."""
    return Netted(
        paid=tuple(use.taken.millijoules for use in uses), over=(0,) * len(uses), left=carried
    )


def within_periods(uses: Sequence[Use], carried: Carried) -> Netted:
    """Each period's net is paid for, and what is over in a period stays over."""
    return Netted(
        paid=tuple(max(0, use.net) for use in uses),
        over=tuple(max(0, -use.net) for use in uses),
        left=carried,
    )


def with_carried(uses: Sequence[Use], carried: Carried) -> Netted:
    """What is over in a period, now or from before, is set against what is taken in it."""
    nets = {use.name: use.net - carried.get(use.name, 0) for use in uses}
    return Netted(
        paid=tuple(max(0, net) for net in nets.values()),
        over=(0,) * len(uses),
        left={**carried, **{name: max(0, -net) for name, net in nets.items()}},
    )
