"""One request and its answer, within limits of time and size."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass

import httpx

from adapters.emporia.exchange.bodies import read_body
from domain.errors import EmporiaTimedOut, EmporiaUnavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    headers: httpx.Headers
    body: bytes


async def nothing_to_wait_for() -> None:
    """What happens before a large body is read where there is no limit on how many are."""


async def exchange(
    client: httpx.AsyncClient,
    request: httpx.Request,
    *,
    total_timeout_seconds: float,
    largest_bytes: int,
    before_large: Callable[[], Awaitable[None]] = nothing_to_wait_for,
) -> Answer:
    """Send the request once and read the whole answer, of `largest_bytes` after inflation at most.

    Raises EmporiaUnavailable without an answer, EmporiaTimedOut without one in time, and
    EmporiaUnreadable for one that is too large or wrongly compressed. The connection of an answer
    that is given up is closed.
    """
    try:
        async with (
            asyncio.timeout(total_timeout_seconds),
            aclosing(await client.send(request, stream=True)) as response,
        ):
            body = await read_body(response, largest_bytes=largest_bytes, before_large=before_large)
    except (TimeoutError, httpx.TimeoutException) as error:
        raise EmporiaTimedOut from error
    except httpx.TransportError as error:
        raise EmporiaUnavailable from error
    return Answer(status=response.status_code, headers=response.headers, body=body)
