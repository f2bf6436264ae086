"""Ends connections whose other side takes nothing any more.

Closing a transport waits until all is read that was written to it, which may be never.
"""

import asyncio
import socket
import struct
from collections.abc import Callable
from typing import cast

HANG_UP_SECONDS = 3.0
"""How long a connection that is over may take to tell the last word."""

LEFTOVER_SECONDS = 3.0
"""How long what nobody wants is taken and dropped, so that the answer before it is read."""

LEFTOVER_PAUSE_SECONDS = 0.05

UNREAD_SECONDS = 30.0
"""How long the reader of an answer may take nothing of it."""

KERNEL_BUFFER_BYTES = 128 * 1024
"""What the kernel may hold for a reader that does not read; it doubles this for its own use."""

WAITING_BYTES = 8 * 1024
"""How much may wait above that before whoever writes has to wait too."""


def limit_buffers(transport: asyncio.BaseTransport) -> None:
    """Let little be held of what is not read: the kernel by itself takes 3 MB a connection."""
    cast(asyncio.WriteTransport, transport).set_write_buffer_limits(high=WAITING_BYTES)
    kernel_socket = transport.get_extra_info("socket")
    if kernel_socket is not None:
        kernel_socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER_BYTES)


def read_slowly(loop: asyncio.AbstractEventLoop, transport: asyncio.Transport) -> None:
    """Take no more for a moment: who pours out what nobody wants would fill the loop's time."""
    if not transport.is_closing():
        transport.pause_reading()
        loop.call_later(LEFTOVER_PAUSE_SECONDS, _read_on, transport)


def _read_on(transport: asyncio.Transport) -> None:
    if not transport.is_closing():
        transport.resume_reading()


def cut(transport: asyncio.WriteTransport) -> None:
    """End a connection now: reset, for else the kernel keeps what its client does not read."""
    kernel_socket = transport.get_extra_info("socket")
    if kernel_socket is not None and not transport.is_closing():
        kernel_socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


class Ending:
    """Ends a connection after a while; one that is gone by then is not kept until then."""

    __slots__ = ("_is_gone", "_loop", "_timer")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None
        self._is_gone = False

    def within(self, seconds: float, end: Callable[[], None]) -> None:
        """End it so then, unless that is to happen earlier already."""
        if self._is_gone:
            return
        if self._timer is not None:
            if self._timer.when() <= self._loop.time() + seconds:
                return
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, end)

    def is_gone(self) -> None:
        """The connection has ended."""
        self._is_gone = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class UnreadWatch:
    """Cuts a connection whose client reads nothing of what waits for it, while it is watched.

    Nothing may be written meanwhile: what waits grows shorter only by being read.
    """

    __slots__ = ("_loop", "_timer", "_transport")

    def __init__(self, loop: asyncio.AbstractEventLoop, transport: asyncio.WriteTransport) -> None:
        self._loop = loop
        self._transport = transport
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Watch, as long as anything waits."""
        self.end()
        waiting_bytes = self._transport.get_write_buffer_size()
        if waiting_bytes:
            self._timer = self._loop.call_later(UNREAD_SECONDS, self._check, waiting_bytes)

    def end(self) -> None:
        """Watch no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _check(self, waited_bytes: int) -> None:
        if self._transport.get_write_buffer_size() >= waited_bytes:
            cut(self._transport)
        else:
            self.begin()
