"""How long to wait after what was refused: longer each time, never for ever."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRule:
    """The first refusals cost no wait; from then on each doubles it, up to the longest.

    Refusals are forgotten once so much time has passed without another.
    """

    free_refusals: int
    first_seconds: float
    longest_seconds: float
    forgotten_after_seconds: float

    def seconds_after(self, refusals: int) -> float:
        """How long after the last of so many refusals the next try has to wait."""
        doublings = refusals - self.free_refusals
        if doublings < 0:
            return 0.0
        # Past thirty the longest is reached anyway, and a power of two would only grow.
        return min(self.first_seconds * 2.0 ** min(doublings, 30), self.longest_seconds)


PASSWORD_PAUSES = PauseRule(
    free_refusals=5,
    first_seconds=2,
    longest_seconds=300,
    forgotten_after_seconds=3600,
)
"""Five minutes at most: whoever guesses has some 300 tries a day, and the owner a short wait."""
