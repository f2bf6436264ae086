"""What is recorded of an account."""

from dataclasses import dataclass
from enum import Enum

from domain.errors import InvalidInput


class Seconds(Enum):
    """Of which series seconds are recorded: each costs 24 requests a day."""

    OFF = "off"
    MAINS = "mains"
    ALL = "all"

    __hash__ = object.__hash__

    @classmethod
    def parse(cls, text: str) -> "Seconds":
        """Raises InvalidInput."""
        try:
            return cls(text)
        except ValueError:
            allowed = ", ".join(member.value for member in cls)
            raise InvalidInput(
                f"seconds: '{text[:40]}' is not known; allowed are {allowed}."
            ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What its people chose; hours and quarter hours are recorded in any case."""

    minutes: bool = True
    seconds: Seconds = Seconds.MAINS


STEP_SECONDS = 10.0
"""Between two requests for an account: nobody waits for the recorder, and Emporia is asked softly.
"""


def fill_seconds(requests: int, *, daily_requests: int) -> float:
    """How long the fill takes for so many requests, where nobody watches meanwhile.

    It has half the requests of a day (0 is no limit), and makes one each ten seconds.
    """
    seconds = requests * STEP_SECONDS
    if daily_requests:
        whole_days = max(0, requests - 1) // max(1, daily_requests // 2)
        seconds = max(seconds, whole_days * 86_400.0 + seconds % 86_400.0)
    return seconds
