"""How many large answers are read and taken apart at once."""

import asyncio
from collections.abc import Callable
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
        place = _Place(self._places)
        try:
            answer = await exchange(
                self._http_client,
                request,
                total_timeout_seconds=self._total_timeout_seconds,
                largest_bytes=largest_bytes,
                before_large=place.take,
            )
            if len(answer.body) <= SMALL_BYTES:
                return read(answer)
            return await asyncio.to_thread(read, answer)
        finally:
            place.leave()


class _Place:
    """One of the places for large answers, for whoever turns out to need it."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._is_taken = False

    async def take(self) -> None:
        await self._places.acquire()
        self._is_taken = True

    def leave(self) -> None:
        if self._is_taken:
            self._places.release()
