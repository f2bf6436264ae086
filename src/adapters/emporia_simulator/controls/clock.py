"""The homes' time: the wall clock's, or one that starts elsewhere, runs faster or stands still."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(slots=True)
class HomeClock:
    """Maps wall-clock time to the homes' time; speed 0 stands still."""

    speed: float = 1.0
    _home_at: float = field(default_factory=time.time)
    _wall_at: float = field(default_factory=time.time)

    @classmethod
    def starting_at(cls, start: datetime | None, *, speed: float) -> "HomeClock":
        """A clock that shows `start` now, or the wall clock's time."""
        clock = cls(speed=speed)
        if start is not None:
            clock.set(start)
        return clock

    def now(self) -> float:
        """The homes' time in UTC seconds."""
        return self._home_at + (time.time() - self._wall_at) * self.speed

    def set(self, moment: datetime) -> None:
        """Jump to a moment; one without a time zone is taken as UTC."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        self._home_at, self._wall_at = aware.timestamp(), time.time()

    def run(self, *, speed: float) -> None:
        """Go on from here at another speed."""
        self._home_at, self._wall_at = self.now(), time.time()
        self.speed = speed

    def follow_the_wall(self) -> None:
        """Show the wall clock's time again."""
        self._home_at = self._wall_at = time.time()
        self.speed = 1.0
