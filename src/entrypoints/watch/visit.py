"""Shows a stream until somebody has seen enough of it."""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing

from rich.console import Console

from entrypoints.watch.client import Event
from entrypoints.watch.screen import Screen, shown
from entrypoints.watch.terminal import keys

LEAVES = "q"


async def visit(
    events: AsyncGenerator[Event, None], screen: Screen, console: Console, *, frames: int | None
) -> None:
    """Return after so many frames, on the key that leaves, or when nobody reads the output."""
    left = asyncio.Event()

    def press(typed: str) -> None:
        if LEAVES in typed.lower() or not typed:
            left.set()

    with keys(press):
        showing = asyncio.create_task(_show(events, screen, console, frames=frames))
        leaving = asyncio.create_task(left.wait())
        try:
            await asyncio.wait((showing, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            is_over = showing.done()
            for task in (showing, leaving):
                task.cancel()
            await asyncio.gather(showing, leaving, return_exceptions=True)
        if is_over:
            _raise_unless_pipe_closed(showing)


async def _show(
    events: AsyncGenerator[Event, None], screen: Screen, console: Console, *, frames: int | None
) -> None:
    with shown(screen, console) as show:
        async with aclosing(events):
            async for event in events:
                if screen.take(event):
                    show()
                if screen.frames == frames:
                    return


def _raise_unless_pipe_closed(showing: asyncio.Task[None]) -> None:
    """Raise what ended it, unless that is a reader who has had enough."""
    try:
        showing.result()
    except BrokenPipeError:
        # What is still unwritten would fail once more when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
