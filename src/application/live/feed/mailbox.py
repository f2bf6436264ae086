"""What one stream is to hear next: one slot, so that a slow reader misses frames, never grows."""

import asyncio

from application.live.feed.outlet import Frame, Outlet, StreamEnd, StreamNotice


class Mailbox(Outlet):
    """Holds the newest frame, one notice of each kind, and the end once it has come."""

    __slots__ = ("_arrived", "_end", "_frame", "_notices")

    def __init__(self) -> None:
        self._frame: Frame | None = None
        self._notices: tuple[StreamNotice, ...] = ()
        self._end: StreamEnd | None = None
        self._arrived = asyncio.Event()

    @property
    def has_ended(self) -> bool:
        """Whether nothing but the end is left to hear."""
        return self._end is not None

    def put_frame(self, frame: Frame) -> None:
        """Leave a frame in place of the one nobody took yet."""
        if self._frame is not None:
            frame.missed += 1
        self._frame = frame
        self._arrived.set()

    def put_notice(self, notice: StreamNotice) -> None:
        """Leave a notice; it is heard before the frame."""
        if notice not in self._notices:
            self._notices = (*self._notices, notice)
        self._arrived.set()

    def end(self, reason: StreamEnd) -> None:
        """End the stream; the first reason stands, and what was not taken yet is dropped."""
        if self._end is None:
            self._end = reason
            self._arrived.set()

    async def take(self) -> Frame | StreamNotice | StreamEnd:
        """Wait for what is to be heard next; the end is heard again each time."""
        await self._arrived.wait()
        if self._end is not None:
            return self._end
        taken: Frame | StreamNotice | None
        if self._notices:
            taken, *rest = self._notices
            self._notices = tuple(rest)
        else:
            taken, self._frame = self._frame, None
        if not self._notices and self._frame is None:
            self._arrived.clear()
        assert taken is not None  # noqa: S101 - the event is set by whoever leaves something
        return taken
