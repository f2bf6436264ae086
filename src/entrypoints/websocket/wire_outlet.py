"""One prebuilt frame, written straight to many sockets.

Encoding and framing are paid once a frame instead of once a socket.
"""

import asyncio
import logging
from collections.abc import Callable

from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode

from application.live.feed.outlet import (
    BROKEN_OUTLET,
    Batch,
    Frame,
    Outlet,
    StreamEnd,
    StreamNotice,
)
from domain.emporia.links import AccountId
from entrypoints.streams.messages import notice_frame
from entrypoints.websocket.wire import Wire

logger = logging.getLogger(__name__)

NOTHING_YET = -1.0


def on_the_wire(frame: Frame) -> bytes:
    """The frame as RFC 6455 has it: a server masks nothing, so all sockets get the same bytes."""
    if frame.prepared is None:
        frame.prepared = WebSocketFrame(Opcode.TEXT, frame.text).serialize(mask=False)
    return frame.prepared


class WireBatch(Batch):
    """The sockets of one audience: who is ready is written to without a look.

    A look at thousands of connections takes long: each lies in memory that nobody has touched for a
    second.
    """

    __slots__ = ("_is_sorted", "_others", "_writes")

    def __init__(self, account: AccountId) -> None:
        super().__init__(account)
        self.sort_again()

    def add(self, outlet: Outlet) -> None:
        """Let an outlet be one of them."""
        super().add(outlet)
        if isinstance(outlet, WireOutlet):
            outlet.batch = self
        self.sort_again()

    def discard(self, outlet: Outlet) -> None:
        """Let an outlet be none of them; nothing happens if it is none."""
        super().discard(outlet)
        self.sort_again()

    def sort_again(self) -> None:
        """Somebody may be ready, or ready no more: know nothing of anybody."""
        self._is_sorted = False
        self._writes: list[Callable[[bytes], None]] = []
        self._others: list[Outlet] = []

    def put_frame(self, frame: Frame) -> None:
        """Give everybody the frame."""
        if not self._is_sorted:
            self._sort()
        # What happens meanwhile makes new lists; these stay as they are.
        writes, others = self._writes, self._others
        wire = on_the_wire(frame)
        for write in writes:
            try:
                write(wire)
            except Exception:
                logger.exception(BROKEN_OUTLET, self.account)
        self._put_one_by_one(frame, others)

    def _sort(self) -> None:
        for outlet in self.everybody:
            if isinstance(outlet, WireOutlet) and outlet.is_ready:
                self._writes.append(outlet.transport.write)
            else:
                self._others.append(outlet)
        self._is_sorted = True


class WireOutlet(Outlet):
    """Writes frames to a transport, and none to one that still has bytes of the last.

    Nothing is written before `begin`, nor once a close frame was sent or received: the connection's
    state says so. Once a frame went out whole the outlet is ready: its batch writes to the
    transport, until something happens to the connection.
    """

    __slots__ = (
        "_coded",
        "_connection",
        "_ended",
        "_leave",
        "_patience_seconds",
        "_silent",
        "_stuck_since",
        "_wire",
        "batch",
        "is_ready",
        "transport",
    )

    def __init__(
        self, wire: Wire, leave: Callable[[StreamEnd], None], *, patience_seconds: float
    ) -> None:
        self._wire = wire
        self._connection = wire.connection
        self.transport = wire.transport
        self._leave = leave
        self._patience_seconds = patience_seconds
        self._stuck_since: float | None = NOTHING_YET
        self._ended = False
        self._silent = True
        self._coded = False
        self.batch: WireBatch | None = None
        self.is_ready = False

    def new_batch(self, account: AccountId) -> Batch:
        """What writes one frame to many sockets."""
        return WireBatch(account)

    def begin(self) -> None:
        """Write from now on; the client knows that it is welcome."""
        self._silent = self._ended
        self._wire.welcome(self)

    @property
    def has_written(self) -> bool:
        """Whether a frame was written yet; told so that writing one costs nothing more."""
        return self._stuck_since != NOTHING_YET

    def tell_codes(self) -> None:
        """Say notices with their codes from now on."""
        self._coded = True

    @property
    def has_ended(self) -> bool:
        """Whether the end was told."""
        return self._ended

    def put_frame(self, frame: Frame) -> None:
        """Write the frame, unless the reader has not even taken the last."""
        if not self._may_write():
            return
        if self.transport.get_write_buffer_size():
            frame.missed += 1
            self._wait_for_drain()
            return
        self._stuck_since = None
        self.transport.write(on_the_wire(frame))
        if self._may_write() and not self.transport.get_write_buffer_size():
            self._set_ready(True)

    def look_again(self) -> None:
        """Be ready no more: the next frame waits for a look at the connection."""
        self._set_ready(False)

    def put_notice(self, notice: StreamNotice) -> None:
        """Write the notice even so: there is one an outage."""
        if self._may_write():
            self.transport.write(on_the_wire(notice_frame(notice, coded=self._coded)))

    def end(self, reason: StreamEnd) -> None:
        """Leave the goodbye to the conversation."""
        if not self._ended:
            self._ended = self._silent = True
            self.look_again()
            self._leave(reason)

    def _set_ready(self, is_ready: bool) -> None:
        if is_ready != self.is_ready:
            self.is_ready = is_ready
            if self.batch is not None:
                self.batch.sort_again()

    def _may_write(self) -> bool:
        """A connection that broke without a close frame is open still, but its transport is not."""
        is_over = self._silent or not self._connection.is_open
        return not is_over and not self.transport.is_closing()

    def _wait_for_drain(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._stuck_since is None or self._stuck_since == NOTHING_YET:
            self._stuck_since = now
        elif now - self._stuck_since >= self._patience_seconds:
            self.end(StreamEnd.TOO_SLOW)
