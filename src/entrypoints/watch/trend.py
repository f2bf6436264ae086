"""The last samples of each row, drawn as a line of small blocks."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
GAP = " "
SAMPLES = 24


def sparkline(values: Sequence[float | None]) -> str:
    """One character a value, between the lowest and the highest, zero included; None is a gap."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    low, high = min(low, 0.0), max(high, 0.0)
    return "".join(GAP if value is None else _block(value, low, high) for value in values)


def _block(value: float, low: float, high: float) -> str:
    if high == low:
        return BLOCKS[0]
    return BLOCKS[round((value - low) / (high - low) * (len(BLOCKS) - 1))]


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
