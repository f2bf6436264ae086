"""What flows in a home, from what its mains, its sun and its battery took and gave."""

from collections.abc import Iterable
from typing import NamedTuple


class Parts(NamedTuple):
    """What was drawn through a channel and what came back, both 0 or more; watts or millijoules.

    `is_netted` says that only the difference is known: whichever was more stands for both.
    """

    drawn: float
    given: float
    is_netted: bool = False


class Flow(NamedTuple):
    """One moment in watts, or one stretch of time in millijoules; None is unknown, and not zero.

    All are 0 or more. `self_used` is what the sun gave that was not exported. What is consumed is
    all that came in and was neither stored nor exported.
    """

    imported: float | None
    exported: float | None
    generated: float | None
    self_used: float | None
    charged: float | None
    discharged: float | None
    consumed: float | None
    is_netted: bool = False


UNKNOWN_FLOW = Flow(None, None, None, None, None, None, None)


def split(net: float, *, is_netted: bool = False) -> Parts:
    """A figure of which only the sum is known: its sign tells which way it went."""
    return Parts(max(0, net), max(0, -net), is_netted and net != 0)


def together(parts: Iterable[Parts | None]) -> Parts | None:
    """What several channels drew and gave, each by itself; unknown as soon as one of them is."""
    drawn: float = 0
    given: float = 0
    is_netted = False
    for each in parts:
        if each is None:
            return None
        drawn += each.drawn
        given += each.given
        is_netted |= each.is_netted
    return Parts(drawn, given, is_netted)


def through_one_meter(parts: Parts) -> Parts:
    """What a meter before several mains counts: what one gives another draws, unseen by it."""
    if not (parts.drawn and parts.given):
        return parts
    return split(parts.drawn - parts.given, is_netted=True)


def flow(grid: Parts | None, sun: Parts | None, battery: Parts | None) -> Flow:
    """The whole of it. What an inverter draws at night is used in the home, like everything else.

    A home can't give: where the sum is below zero, something that gives has no clamp, and what is
    consumed is unknown.
    """
    consumed = None
    if grid is not None and sun is not None and battery is not None:
        total = grid.drawn - grid.given + sun.given + battery.given - battery.drawn
        consumed = None if total < 0 else total
    self_used = None
    if grid is not None and sun is not None:
        self_used = max(0, sun.given - grid.given)
    return Flow(
        imported=None if grid is None else grid.drawn,
        exported=None if grid is None else grid.given,
        generated=None if sun is None else sun.given,
        self_used=self_used,
        charged=None if battery is None else battery.drawn,
        discharged=None if battery is None else battery.given,
        consumed=consumed,
        is_netted=any(each is not None and each.is_netted for each in (grid, sun, battery)),
    )
