"""How many large answers are read and taken apart at once."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import TypeVar

import httpx

from adapters.emporia.exchange.bodies import SMALL_BYTES
from adapters.emporia.exchange.exchange import Answer, exchange

LARGE_AT_ONCE = 2
"""JSON takes up to thirty times its size when it is taken apart."""

Result = TypeVar("Result")


class LargeAnswers:
    """Asks, and reads what comes: small answers at once, large ones a few at a time in a thread."""

    def __init__(self, http_client: httpx.AsyncClient, *, total_timeout_seconds: float) -> None:
        self._http_client = http_client
        self._total_timeout_seconds = total_timeout_seconds
        self._places = asyncio.Semaphore(LARGE_AT_ONCE)

    async def __call__(
        self, request: httpx.Request, *, largest_bytes: int, read: Callable[[Answer], Result]
    ) -> Result:
        """What `read` makes of the answer; raises what it and `exchange` raise.

        Waiting for a place counts as waiting for the answer.
        """
        async with AsyncExitStack() as held:

            async def take_place() -> None:
                await held.enter_async_context(self._places)

            answer = await exchange(
                self._http_client,
                request,
                total_timeout_seconds=self._total_timeout_seconds,
                largest_bytes=largest_bytes,
                before_large=take_place,
            )
            if len(answer.body) <= SMALL_BYTES:
                return read(answer)
            return await asyncio.to_thread(read, answer)
