"""What the live path counts: plain numbers, for a frame must cost nothing more."""

from dataclasses import dataclass, field

from domain.histogram import Histogram

LAG_BOUNDS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)


@dataclass(slots=True)
class LiveCounts:
    """Frames that streams should have had, those of them that they missed, and late ticks.

    A stream misses a frame when its reader has not taken the one before. `published` are samples
    told to other nodes, `followed` those that came from there.
    """

    frames: int = 0
    missed: int = 0
    lag: Histogram = field(default_factory=lambda: Histogram(LAG_BOUNDS_SECONDS))
    published: int = 0
    followed: int = 0
