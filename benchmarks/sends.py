"""Two ways to write a frame to many sockets, alone and beside a thread that computes.

Python's `socket.send` is a little cheaper than the transport's `write`, but lets go of the
interpreter's lock each time; a thread that computes takes it, and keeps it for 5 ms. The
transport of uvloop keeps the lock.

Usage: python -m benchmarks.sends
"""

import asyncio
import platform
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from statistics import median
from typing import cast

import click
import uvloop

from benchmarks.processes import raise_file_limit

SOCKETS = 900
ROUNDS = 5
FRAME = bytes(3_000)


class Arrived(asyncio.Protocol):
    """Hands the transport of a connection on."""

    def __init__(self, transports: asyncio.Queue[asyncio.WriteTransport]) -> None:
        self._transports = transports

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody has connected."""
        self._transports.put_nowait(cast(asyncio.WriteTransport, transport))


@contextmanager
def computing() -> Iterator[None]:
    """A thread that computes meanwhile, and has begun to."""
    begun, enough = threading.Event(), threading.Event()

    def compute() -> None:
        while not enough.is_set():
            sum(range(1_000))
            begun.set()

    thread = threading.Thread(target=compute)
    thread.start()
    begun.wait()
    try:
        yield
    finally:
        enough.set()
        thread.join()


async def main() -> None:
    """Connect, write in turns, print medians."""
    raise_file_limit()
    arrived: asyncio.Queue[asyncio.WriteTransport] = asyncio.Queue()
    server = await asyncio.get_running_loop().create_server(
        lambda: Arrived(arrived), "127.0.0.1", 0
    )
    address = server.sockets[0].getsockname()
    readers, transports = [], []
    for _ in range(SOCKETS):
        readers.append(socket.create_connection(address))
        transports.append(await arrived.get())
    beside = [socket.socket(fileno=each.get_extra_info("socket").fileno()) for each in transports]
    try:
        _measure(readers, [each.write for each in transports], [each.send for each in beside])
    finally:
        for each in beside:
            each.detach()
        for reader in readers:
            reader.close()
        server.close()


def _measure(
    readers: Sequence[socket.socket],
    writes: Sequence[Callable[[bytes], object]],
    sends: Sequence[Callable[[bytes], object]],
) -> None:
    python, loop = platform.python_version(), version("uvloop")
    click.echo(f"Python {python}, uvloop {loop}; {ROUNDS} rounds in turns, medians")
    click.echo(f"the lock changes hands every {sys.getswitchinterval() * 1_000:.0f} ms")
    taken: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, ways in (("transport.write", writes), ("socket.send", sends)):
            taken.setdefault(f"{name}, alone", []).append(_seconds(ways, readers))
            with computing():
                beside = _seconds(ways, readers)
            taken.setdefault(f"{name}, beside a thread that computes", []).append(beside)
    for name, seconds in taken.items():
        click.echo(f"{name}: {median(seconds) * 1_000:.1f} ms for {SOCKETS} frames")


def _seconds(ways: Sequence[Callable[[bytes], object]], readers: Sequence[socket.socket]) -> float:
    began = time.perf_counter()
    for write in ways:
        write(FRAME)
    took = time.perf_counter() - began
    for reader in readers:
        reader.recv(2 * len(FRAME))
    return took


if __name__ == "__main__":
    uvloop.run(main())
