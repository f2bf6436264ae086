"""Chance without surprises."""

from itertools import count
from uuid import UUID

from application.ports.randomness import Randomness


class FixedRandomness(Randomness):
    """Identifiers count up from one; every fraction is the same."""

    def __init__(self, fraction: float = 0.5) -> None:
        self._fraction = fraction
        self._numbers = count(1)

    def identifier(self) -> UUID:
        """The next number as a UUID."""
        return UUID(int=next(self._numbers))

    def number(self, *, bits: int) -> int:
        """The next number, as if it had so many bits."""
        return next(self._numbers)

    def fraction(self) -> float:
        """The fraction given at construction."""
        return self._fraction
