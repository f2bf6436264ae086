"""An amount laid on tiers: how much of it lies in each."""

from collections.abc import Iterator, Sequence
from fractions import Fraction


def laid_on(amount: Fraction, limits: Sequence[Fraction | None]) -> Iterator[Fraction]:
    """What of `amount` lies between each limit and the one before; None has no end."""
    below = Fraction()
    for limit in limits:
        top = amount if limit is None else min(amount, limit)
        yield max(Fraction(), top - below)
        below = max(below, top)
