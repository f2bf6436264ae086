"""Sends the head of an answer together with its body."""

import asyncio

HEAD = b"HTTP/1."


class HeadWithBody:
    """A transport as uvicorn's answers use it, which holds a head until what follows is there.

    uvicorn writes head and body apart: two calls of the kernel, and two packets to wake the reader
    for. A head that nothing follows at once leaves with the end of the loop's turn.
    """

    __slots__ = ("_head", "_loop", "_transport")

    def __init__(self, loop: asyncio.AbstractEventLoop, transport: asyncio.Transport) -> None:
        self._loop = loop
        self._transport = transport
        self._head = b""

    def write(self, data: bytes) -> None:
        """Write a head, or what follows it."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.writelines((head, data))
        elif data.startswith(HEAD):
            self._head = data
            self._loop.call_soon(self.flush)
        else:
            self._transport.write(data)

    def flush(self) -> None:
        """Let nothing wait any longer."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head)

    def close(self) -> None:
        """Close the connection once all is sent."""
        if not self._transport.is_closing():
            self.flush()
            self._transport.close()

    def is_closing(self) -> bool:
        """Whether no more can be written."""
        return self._transport.is_closing()
