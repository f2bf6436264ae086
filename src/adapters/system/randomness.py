"""Random numbers from the operating system."""

from random import SystemRandom
from uuid import UUID, uuid4

from application.ports.randomness import Randomness


class SystemRandomness(Randomness):
    """Draws from the operating system's entropy, which nobody can guess."""

    def __init__(self) -> None:
        self._source = SystemRandom()

    def identifier(self) -> UUID:
        return uuid4()

    def number(self, *, bits: int) -> int:
        return self._source.getrandbits(bits)

    def fraction(self) -> float:
        return self._source.random()
