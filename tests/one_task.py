"""What one task has to open and close, held open for a fixture that several tasks run."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeVar

Opened = TypeVar("Opened")


@asynccontextmanager
async def held(opening: AbstractAsyncContextManager[Opened]) -> AsyncIterator[Opened]:
    """Hold it open while entered; raises what opening or closing raises."""
    ready: asyncio.Future[Opened] = asyncio.get_running_loop().create_future()
    over = asyncio.Event()

    async def hold() -> None:
        async with opening as made:
            ready.set_result(made)
            await over.wait()

    holder = asyncio.create_task(hold())
    await asyncio.wait((holder, ready), return_when=asyncio.FIRST_COMPLETED)
    if holder.done():
        await holder
    try:
        yield await ready
    finally:
        over.set()
        await holder
