"""Garbage in a run of tests: what was loaded and collected is a large heap that hardly changes."""

import gc

from entrypoints.commands.starting.loading import exempt_what_is_loaded

gc.disable()


def pytest_collection_finish() -> None:
    """From the first test on, look for garbage as a gateway does: to look took a third of a test.

    What a test leaves open is found as before, by the looks that are left and by the last one, for
    which pytest fails a run too.
    """
    exempt_what_is_loaded()
    gc.enable()
