"""Work that goes on for as long as the gateway does, whatever breaks in it."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from application.ending import is_told_to_end

AGAIN_SECONDS = 1.0
"""Before what broke begins anew: what breaks at once each time must not fill the log."""

logger = logging.getLogger(__name__)

Work = Callable[[], Coroutine[Any, Any, object]]


def lasting(work: Work, name: str, *, after_seconds: float = 0.0) -> "asyncio.Task[None]":
    """Run it until it is done or cancelled; where a bug ends it, it is logged and begins anew.

    Else a node would serve on, and never again renew its leases, say that it is there, or record.
    It begins after so many seconds; whoever cancels it before that ends it, too.
    """
    return asyncio.create_task(_until_done(work, name, after_seconds), name=name)


async def _until_done(work: Work, name: str, after_seconds: float) -> None:
    if after_seconds:
        await asyncio.sleep(after_seconds)
    while True:
        try:
            await work()
        except Exception:
            if is_told_to_end():
                raise
            told = {"event": "work_broke", "work": name}
            logger.exception("what goes on beside the requests broke (%(work)s)", told)
        else:
            return
        await asyncio.sleep(AGAIN_SECONDS)
