"""What is on the screen right now: takes in what the stream brings, and draws itself."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

import click
from rich.console import Console, RenderableType
from rich.live import Live

from domain.instants import parse_instant
from entrypoints.watch.client import Connected, Event, Sample, Trouble
from entrypoints.watch.costs import HomeCosts
from entrypoints.watch.home import KnownHome
from entrypoints.watch.readings import Reading, read
from entrypoints.watch.table import View, draw
from entrypoints.watch.terminal import resizing
from entrypoints.watch.trend import Trends

REDRAW_SECONDS = 0.5
FRAMES_WITHOUT_COSTS = 3
"""How many frames at most are let by until one tells costs, which come a little later."""


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
        self._costs: tuple[HomeCosts, ...] | None = None
        self._let_by = 0
        self.frames = 0

    def take(self, event: Event) -> bool:
        """Show what came; whether it is news: trouble, or a sample that was not there before.

        Trouble is over with a new connection, or with a new sample.
        """
        match event:
            case Connected():
                self._trouble = None
            case Trouble(sentence):
                self._trouble = sentence
                return True
            case Sample(usages, is_stale, homes, costs):
                if costs == () and not self.frames and self._let_by < FRAMES_WITHOUT_COSTS:
                    self._let_by += 1
                    return False
                self.frames += 1
                self._costs = costs
                self._is_stale = is_stale
                self._reading = read(usages, home=self.home, homes=homes)
                watts = {row.key: row.watts for row in self._reading.rows}
                if self._trends.add(self._reading.instant, watts):
                    self._trouble = None
                    return True
        return False

    def __rich__(self) -> RenderableType:
        return draw(
            View(
                source=self._source,
                reading=self._reading,
                costs=self._costs,
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
def shown(screen: Screen, console: Console) -> Iterator[Callable[[], None]]:
    """Keep the screen before somebody's eyes; gives what to call when there is news.

    Where there is no terminal, each piece of news is printed whole, and is out at once.
    """
    if not console.is_terminal:
        yield partial(_print, screen, console)
        return
    with Live(screen, console=console, auto_refresh=False) as live:
        drawing = asyncio.create_task(_redraw(live))
        try:
            with resizing(partial(_draw_anew, live)):
                yield _wait_for_redraw
        finally:
            drawing.cancel()


def _print(screen: Screen, console: Console) -> None:
    # By ourselves, since Rich ends the program where nobody reads any more.
    with console.capture() as captured:
        console.print(screen)
    click.echo(captured.get())


def _draw_anew(live: Live) -> None:
    """What was drawn is broken into other lines now, so that it can't be drawn over."""
    live.console.clear()
    live.refresh()


def _wait_for_redraw() -> None:
    """The screen is drawn again in a moment anyway."""


async def _redraw(live: Live) -> None:
    """In the event loop and not in a thread of Rich's: samples come in between two drawings."""
    while True:
        live.refresh()
        await asyncio.sleep(REDRAW_SECONDS)
