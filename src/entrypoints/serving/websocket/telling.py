"""Tells whoever writes frames what happens to the connection, so that they need not look."""

from typing import Any

from entrypoints.serving.hanging_up import WAITING_BYTES
from entrypoints.serving.websocket.lean import LeanWebSocketProtocol
from entrypoints.websocket.wire import Taker


class TellingWebSocketProtocol(LeanWebSocketProtocol):
    """Tells the taker of frames when one may not be written without a look any more."""

    __slots__ = ()

    def welcome(self, taker: Taker) -> None:
        """Frames come from there: tell it all."""
        self.taker = taker
        self.conn.on_end = taker.look_again
        # So that the transport says at once when it holds anything.
        if not self.transport.is_closing():
            self.transport.set_write_buffer_limits(high=0)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing can be written any more."""
        if self.taker is not None:
            self.taker.look_again()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The transport holds something, and a frame would wait behind it."""
        if self.taker is not None:
            self.taker.look_again()
        self._wait_if_much_waits()

    async def send(self, message: Any) -> None:
        """Send, but wait while much waits for the reader."""
        self._wait_if_much_waits()
        await super().send(message)

    def _wait_if_much_waits(self) -> None:
        if not self.disconnected and self.transport.get_write_buffer_size() > WAITING_BYTES:
            super().pause_writing()
