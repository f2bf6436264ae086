"""Whether whoever owns a task wants it to end."""

import asyncio


def is_told_to_end() -> bool:
    """Whether the current task was cancelled: what breaks in it then breaks because of that.

    Whoever goes on after any exception has to ask, or the cancellation is lost with it, and its
    owner waits for ever.
    """
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
