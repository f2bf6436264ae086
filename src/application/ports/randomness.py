"""What must not be guessed, and what must not happen in step."""

from typing import Protocol
from uuid import UUID


class Randomness(Protocol):
    """Makes identifiers and jitter."""

    def identifier(self) -> UUID:
        """An identifier that nobody else has."""
        ...

    def number(self, *, bits: int) -> int:
        """A number of so many bits that nobody can guess."""
        ...

    def fraction(self) -> float:
        """A number in [0, 1), another one each time."""
        ...
