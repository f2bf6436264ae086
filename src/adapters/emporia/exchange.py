"""One request and its answer, within limits of time and size."""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass

import httpx

from domain.errors import EmporiaTimedOut, EmporiaUnavailable, EmporiaUnreadable

LARGEST_BODY_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    headers: httpx.Headers
    body: bytes


async def exchange(
    client: httpx.AsyncClient, request: httpx.Request, *, total_timeout_seconds: float
) -> Answer:
    """Send the request once and read the whole answer.

    Raises EmporiaUnavailable without an answer, EmporiaTimedOut without one in time, and
    EmporiaUnreadable for one that is too large or wrongly compressed.
    """
    try:
        async with (
            asyncio.timeout(total_timeout_seconds),
            aclosing(await client.send(request, stream=True)) as response,
        ):
            body = await _read(response)
    except (TimeoutError, httpx.TimeoutException) as error:
        raise EmporiaTimedOut from error
    except httpx.TransportError as error:
        raise EmporiaUnavailable from error
    except httpx.DecodingError as error:
        raise EmporiaUnreadable from error
    return Answer(status=response.status_code, headers=response.headers, body=body)


async def _read(response: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > LARGEST_BODY_BYTES:
            raise EmporiaUnreadable
    return bytes(body)
