"""Threads that wait until whoever wakes them is done."""

import os
import sys
from contextlib import suppress


def interrupt_nobody() -> None:
    """Let this thread begin its work only when the thread that has woken it waits for something.

    Linux would run it at once, in place of the event loop, whose lock it could then only wait for:
    two changes of threads for nothing. Elsewhere, and where it is forbidden, nothing changes.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
