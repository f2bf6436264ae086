"""What is on the screen right now: takes in what the stream brings, and draws itself."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from rich.console import Console, RenderableType
from rich.live import Live

from domain.instants import parse_instant
from entrypoints.watch.client import Connected, Event, Sample, Trouble
from entrypoints.watch.home import KnownHome
from entrypoints.watch.readings import Reading, read
from entrypoints.watch.table import View, draw
from entrypoints.watch.trend import Trends

REDRAW_SECONDS = 0.5


class Screen:
    """Draws itself as it is at that moment, so that the age keeps counting between samples."""

    def __init__(
        self, source: str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.home = KnownHome()
        self._source = source
        self._now = now
        self._trends = Trends()
        self._reading: Reading | None = None
        self._is_stale = False
        self._trouble: str | None = None
        self.frames = 0

    def take(self, event: Event) -> None:
        """Show what came. Trouble is over with a new connection, or with a new sample."""
        match event:
            case Connected():
                self._trouble = None
            case Trouble(sentence):
                self._trouble = sentence
            case Sample(usages, is_stale, homes):
                self.frames += 1
                self._is_stale = is_stale
                self._reading = read(usages, home=self.home, homes=homes)
                watts = {row.key: row.watts for row in self._reading.rows}
                if self._trends.add(self._reading.instant, watts):
                    self._trouble = None

    def __rich__(self) -> RenderableType:
        return draw(
            View(
                source=self._source,
                reading=self._reading,
                age_seconds=self._age_seconds(),
                is_stale=self._is_stale,
                trouble=self._trouble,
            ),
            self._trends,
        )

    def _age_seconds(self) -> float | None:
        if self._reading is None:
            return None
        instant = parse_instant(self._reading.instant, name="instant")
        return (self._now() - instant).total_seconds()


@contextmanager
def shown(screen: Screen, console: Console) -> Iterator[None]:
    """Keep the screen before somebody's eyes; where there is no terminal, print it at the end."""
    if not console.is_terminal:
        yield
        console.print(screen)
        return
    with Live(screen, console=console, auto_refresh=False) as live:
        drawing = asyncio.create_task(_redraw(live))
        try:
            yield
        finally:
            drawing.cancel()


async def _redraw(live: Live) -> None:
    """In the event loop and not in a thread of Rich's: samples come in between two drawings."""
    while True:
        live.refresh()
        await asyncio.sleep(REDRAW_SECONDS)
