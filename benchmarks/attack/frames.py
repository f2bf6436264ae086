"""Floods of WebSocket frames, before and after authentication."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from websockets.frames import Frame, Opcode

from benchmarks.attack.target import Attack, Connection, Target, at_once, request

SOCKETS = 4
CHUNK_BYTES = 64_000
LONGEST_MESSAGE = 16_000
"""In fragments of a byte each: as many as fit into the message that a gateway takes."""

HANDSHAKE = request(
    "GET",
    "/",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    keep_alive=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """What opens it, what is sent again and again, and how many frames that is."""

    opening: bytes = b""
    chunk: bytes
    frames: int

    @classmethod
    def of(cls, *frames: bytes, opening: bytes = b"") -> "Flood":
        """As often as it fits into a chunk."""
        unit = b"".join(frames)
        times = max(1, CHUNK_BYTES // len(unit))
        return cls(opening=opening, chunk=unit * times, frames=len(frames) * times)


def frame(opcode: Opcode, data: bytes = b"", *, final: bool = True) -> bytes:
    """One frame of a client."""
    return Frame(opcode, data, fin=final).serialize(mask=True)


def message(content: object) -> bytes:
    """An object as one text frame."""
    return frame(Opcode.TEXT, json.dumps(content).encode())


def _fragments() -> tuple[bytes, ...]:
    first = frame(Opcode.TEXT, b"a", final=False)
    further = frame(Opcode.CONT, b"a", final=False)
    return (first, *[further] * LONGEST_MESSAGE, frame(Opcode.CONT))


FLOODS: Mapping[str, Flood] = {
    "pings": Flood.of(frame(Opcode.PING)),
    "pongs": Flood.of(frame(Opcode.PONG)),
    "empty continuations": Flood.of(
        frame(Opcode.CONT, final=False), opening=frame(Opcode.TEXT, b"a", final=False)
    ),
    "empty texts": Flood.of(frame(Opcode.TEXT)),
    "fragments of one byte": Flood.of(*_fragments()),
    "small messages": Flood.of(message({})),
}


async def _flood(flood: Flood, target: Target, *, authenticated: bool) -> None:
    await at_once(SOCKETS, partial(_once, flood, target, authenticated=authenticated))


async def _once(flood: Flood, target: Target, *, authenticated: bool) -> None:
    """Fill one socket until the gateway closes it, reading all that it says meanwhile."""
    async with target.connection() as connection:
        reader, writer = connection
        writer.write(HANDSHAKE)
        await reader.readuntil(b"\r\n\r\n")
        if authenticated:
            writer.write(message({"type": "authenticate", "token": target.token}))
            await reader.readuntil(b"Authentication successful")
        writer.write(flood.opening)
        reading = asyncio.create_task(_read(connection, target))
        try:
            while not reading.done():
                writer.write(flood.chunk)
                await writer.drain()
                target.sent += flood.frames
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def _read(connection: Connection, target: Target) -> None:
    """Take what comes, or the gateway would be spared the work of answering."""
    with suppress(ConnectionError):
        while await connection[0].read(65_536):
            target.answered += 1


ATTACKS: Mapping[str, Attack] = {
    f"{name}, {when} authentication": partial(_flood, flood, authenticated=authenticated)
    for authenticated, when in ((False, "before"), (True, "after"))
    for name, flood in FLOODS.items()
}
