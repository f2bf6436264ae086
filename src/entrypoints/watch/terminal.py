"""What somebody at a terminal does beside looking: presses a key, or changes its size."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MOST_KEYS_AT_ONCE = 1024


@contextmanager
def keys(pressed: Callable[[str], None]) -> Iterator[None]:
    """Tell what is typed as it is typed, where there is a terminal to type at."""
    if not _is_ours():
        yield
        return
    import termios
    import tty

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    loop = asyncio.get_running_loop()

    def read() -> None:
        typed = os.read(terminal, MOST_KEYS_AT_ONCE)
        if not typed:  # the terminal is gone
            loop.remove_reader(terminal)
        pressed(typed.decode(errors="replace"))

    tty.setcbreak(terminal)
    loop.add_reader(terminal, read)
    try:
        yield
    finally:
        loop.remove_reader(terminal)
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


@contextmanager
def resizing(resized: Callable[[], None]) -> Iterator[None]:
    """Tell when the terminal gets another size, where the system tells it."""
    if not hasattr(signal, "SIGWINCH"):  # Windows
        yield
        return
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGWINCH, resized)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGWINCH)


def _is_ours() -> bool:
    """Whether there is a terminal, and this program is the one in front of it.

    Whoever changes a terminal from the background is stopped by the system.
    """
    if os.name != "posix" or not sys.stdin.isatty():
        return False
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except OSError:  # a terminal that is not in command of us stops nobody
        return True
