"""The last samples of each row, drawn as a line of small blocks."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
GAP = " "
SAMPLES = 24
LEAST_SPAN = 0.2
"""The part of a load that its line spans at least."""


def sparkline(values: Sequence[float | None]) -> str:
    """One character a value, between the lowest and the highest; None is a gap.

    A load that hardly moves is a line in the middle, not a mountain range of noise.
    """
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    span = max(high - low, LEAST_SPAN * max(abs(high), abs(low)))
    floor = (low + high - span) / 2
    return "".join(GAP if value is None else _block(value, floor, span) for value in values)


def _block(value: float, floor: float, span: float) -> str:
    # Rounded before it is cut, for a steady load lies exactly between two blocks.
    height = round((value - floor) / span, 6) if span else 0.0
    return BLOCKS[int(height * (len(BLOCKS) - 1) + 0.5)]


class Trends:
    """Remembers the last samples by row; a sample that is sent again counts once."""

    def __init__(self, *, samples: int = SAMPLES) -> None:
        self._rows: defaultdict[str, deque[float | None]] = defaultdict(
            lambda: deque(maxlen=samples)
        )
        self._newest: str | None = None

    def add(self, instant: str, watts: Mapping[str, float | None]) -> bool:
        """Take a sample in; whether it is a new one."""
        if instant == self._newest:
            return False
        self._newest = instant
        for key, value in watts.items():
            self._rows[key].append(value)
        return True

    def line(self, key: str) -> str:
        """The trend of a row, the newest sample last."""
        return sparkline(self._rows[key])
