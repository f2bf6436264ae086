"""A polite thread lets whoever has woken it go on."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

from adapters.system.polite_threads import interrupt_nobody


def scheduling() -> int | None:
    """How the system schedules the thread that asks, where that can be told."""
    return os.sched_getscheduler(0) if sys.platform == "linux" else None


def test_politeness_is_the_thread_s_alone_and_its_work_is_done() -> None:
    before = scheduling()

    with ThreadPoolExecutor(1, initializer=interrupt_nobody) as polite:
        told = polite.submit(scheduling).result()

    assert scheduling() == before
    assert told == (os.SCHED_BATCH if sys.platform == "linux" else None)
