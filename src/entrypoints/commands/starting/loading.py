"""What a command does to start soon, and about garbage: a gateway is a large heap that hardly
changes."""

import gc
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType


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


NOT_NEEDED = ("rich", "httpx._main", "werkzeug", "pydantic_settings", "yaml")
"""What structlog, httpx and dependency_injector load where it is installed, and do without where it
is not: coloured tracebacks, of which none is ever shown, a command line, and what serves
other frameworks. They are a twentieth of a start."""

HOLLOW = ("sqlalchemy.ext.asyncio.scoping", "sqlalchemy.ext.asyncio.session", "yaml")
"""What SQLAlchemy and Litestar can't be loaded without, and nothing here uses: objects that are
kept the same as their rows, and the OpenAPI document as YAML. They are another twentieth."""


def load_libraries_without_extras() -> None:
    """Load those libraries as if what they don't need here were not installed, or were empty.

    Whoever imports rich later gets it: it is out of sight for as long as they load.
    """
    # Pydantic looks through every installed package for plugins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Python's own way to say that a module is not there: its import raises ImportError.
    with _instead(dict.fromkeys(NOT_NEEDED)):
        import dependency_injector.containers  # noqa: F401
        import httpx  # noqa: F401
        import structlog  # noqa: F401
    with _instead({name: _Hollow(name) for name in HOLLOW}):
        import litestar  # noqa: F401
        import sqlalchemy.ext.asyncio  # noqa: F401


class _Hollow(ModuleType):
    """A module in which every name is there, and nothing behind it."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


@contextmanager
def _instead(others: Mapping[str, ModuleType | None]) -> Iterator[None]:
    """Let imports find these meanwhile, where the modules of that name were not loaded before."""
    unseen = {name: other for name, other in others.items() if name not in sys.modules}
    sys.modules.update(unseen)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in unseen:
            del sys.modules[name]
