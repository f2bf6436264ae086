"""What a command does to start soon, and about garbage: a gateway is a large heap that hardly
changes."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile, nor later among what was loaded: hardly any of it is.

    To look is a tenth of a start, and the first look afterwards would take all of it for new.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


OBJECTS_BETWEEN_LOOKS = 10_000
"""Objects that come to stay between two looks for young garbage, of which one in a hundred looks
through everything. At Python's own 700 a crowd of sockets is looked through again and again while
it comes in, and the loop stands still each time."""


def exempt_what_is_loaded() -> None:
    """Look for garbage only among what is made from now on, and rarely.

    A look through all that a start has made stops the loop for some 100 ms, and a stranger who
    sends bodies of nested lists can set one off with every third request.
    """
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)


NOT_NEEDED = ("rich", "httpx._main", "werkzeug", "pydantic_settings")
"""What structlog, httpx and dependency_injector load where it is installed, and do without where it
is not: coloured tracebacks, of which none is ever shown, a command line, and what serves
other frameworks. They are a twentieth of a start."""


def load_libraries_without_extras() -> None:
    """Load those libraries as if what they don't need here were not installed.

    Whoever imports rich later gets it: it is out of sight for as long as they load.
    """
    unseen = [name for name in NOT_NEEDED if name not in sys.modules]
    # Python's own way to say that a module is not there: its import raises ImportError.
    sys.modules.update(dict.fromkeys(unseen))  # type: ignore[arg-type]
    try:
        import dependency_injector.containers  # noqa: F401
        import httpx  # noqa: F401
        import structlog  # noqa: F401
    finally:
        for name in unseen:
            del sys.modules[name]
