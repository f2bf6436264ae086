"""What a command does about garbage: the gateway is a large heap that hardly changes."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile: hardly any is made, and to look is a tenth of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def exempt_what_is_loaded() -> None:
    """Look for garbage only among what is made from now on.

    A look through all that a start has made stops the loop for some 100 ms, and a stranger who
    sends bodies of nested lists can set one off with every third request.
    """
    gc.freeze()
