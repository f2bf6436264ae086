"""How a command loads the many modules of the gateway."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile, and never again among what was loaded.

    Loading makes a great many objects and drops few: looking through them is a tenth of a start,
    and later a part of each pause.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
