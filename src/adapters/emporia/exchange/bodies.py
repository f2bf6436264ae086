"""The body of an answer, read as a stream and inflated no further than it may be large."""

import zlib
from collections.abc import Awaitable, Callable

import httpx

from domain.errors import EmporiaUnreadable

SMALL_BYTES = 256 * 1024
"""What hardly any home exceeds; so much is read, and taken apart, before anybody notices."""

ACCEPTED_ENCODING = "gzip"

_ZLIB_OR_GZIP = zlib.MAX_WBITS | 32


async def read_body(
    response: httpx.Response, *, largest_bytes: int, before_large: Callable[[], Awaitable[None]]
) -> bytes:
    """The whole body, inflated; `before_large` is awaited once, when it turns out not to be small.

    Raises EmporiaUnreadable for more than `largest_bytes`, counted before inflation and after, and
    for a compression that is wrong or that nobody asked for.
    """
    inflate = _inflater(response.headers.get("Content-Encoding", ""))
    body = bytearray()
    received_bytes = 0
    is_large = False
    async for chunk in response.stream:  # type: ignore[union-attr]  # an async client's is async
        received_bytes += len(chunk)
        if received_bytes > largest_bytes:  # much can come of which nothing is to be inflated
            raise EmporiaUnreadable
        body += inflate(chunk, largest_bytes + 1 - len(body))
        if len(body) > largest_bytes:
            raise EmporiaUnreadable
        if len(body) > SMALL_BYTES and not is_large:
            is_large = True
            await before_large()
    return bytes(body)


def _inflater(encoding: str) -> Callable[[bytes, int], bytes]:
    """What makes plain bytes of the next chunk, and no more of them than the number given.

    httpx's own decoders inflate a whole chunk, however large it becomes.
    """
    match encoding.strip().lower():
        case "" | "identity":
            return lambda chunk, _: chunk
        case "gzip" | "x-gzip" | "deflate":
            return _inflate_with(zlib.decompressobj(_ZLIB_OR_GZIP))
        case _:
            raise EmporiaUnreadable


def _inflate_with(inflater: "zlib._Decompress") -> Callable[[bytes, int], bytes]:
    def inflate(chunk: bytes, most: int) -> bytes:
        if inflater.eof:
            return b""  # it would keep what comes after the end, and copy all of it each time
        try:
            return inflater.decompress(chunk, most)
        except zlib.error:
            raise EmporiaUnreadable from None

    return inflate
