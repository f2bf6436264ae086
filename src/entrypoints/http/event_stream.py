"""The live stream as Server-Sent Events: the same feed for whoever speaks nothing but HTTP."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from application.accounts.access import Caller
from application.emporia.cloud.usable_link import usable_link
from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import Frame, StreamEnd, StreamNotice
from application.live.feed.subscription import Subscription
from application.live.open_streams import OpenStream
from application.live.stream_usage import StreamUsage
from entrypoints.streams.events import COMMENT, PADDING, RETRY, device_data, error
from entrypoints.streams.goodbye import goodbye_of
from entrypoints.streams.line import Line, line_of
from entrypoints.streams.messages import error_frame, notice_frame

MEDIA_TYPE = "text/event-stream"
HEADERS = {
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
    "Connection": "close",
}
"""What keeps proxies from holding events back; and nothing else is asked on this connection."""

SILENCE_SECONDS = 15.0
"""How long nothing is sent before a comment shows clients and proxies that the line is alive."""

PIECE_BYTES = 8 * 1024
"""How much is handed to the server at once: it copies that, and keeps it for who does not read."""

FAREWELL_SECONDS = 2.0
"""How long a client that does not read is waited for when the gateway stops."""


class EventMailbox(Mailbox):
    """A mailbox whose end is known at once to whoever still sends something else."""

    __slots__ = ("when_ended",)

    def __init__(self) -> None:
        super().__init__()
        self.when_ended: Callable[[], None] | None = None

    def end(self, reason: StreamEnd) -> None:
        """End the stream."""
        super().end(reason)
        if self.when_ended is not None:
            self.when_ended()


class EventStreamHead(ASGIResponse):
    """What is before the events, for whoever asks for that alone."""

    _should_set_content_length = False

    def __init__(self) -> None:
        super().__init__(media_type=MEDIA_TYPE, headers=HEADERS)


class EventStream(ASGIResponse):
    """The answer that goes on until its stream ends, its client leaves or the gateway stops.

    A client that does not read gets the newest frame when it does. One that takes too long gets
    no more: nothing is polled for it, and its connection is cut where the server can do that. What
    counts as a stream holds a connection, and what no longer counts holds none.
    """

    _should_set_content_length = False

    def __init__(
        self,
        stream: OpenStream,
        mailbox: EventMailbox,
        stream_usage: StreamUsage,
        *,
        stopping: asyncio.Event,
        patience_seconds: float,
    ) -> None:
        super().__init__(media_type=MEDIA_TYPE, headers=HEADERS)
        self._stream = stream
        self._mailbox = mailbox
        self._stream_usage = stream_usage
        self._stopping = stopping
        self._patience_seconds = patience_seconds
        self._line: Line | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream, and forget the stream and its connection however this ends."""
        self._line = line_of(scope)
        self._mailbox.when_ended = self._expect_end
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._mailbox.when_ended = None
            self._stream_usage.close(self._stream)
            if self._line is not None:
                self._line.hang_up()

    def _expect_end(self) -> None:
        """Cut the connection of a client that does not even take the last word."""
        if self._line is not None:
            self._line.cut_within(FAREWELL_SECONDS)

    async def send_body(self, send: Send, receive: Receive) -> None:
        """Send events until the first of the three ends."""
        sending = asyncio.create_task(self._send_events(send))
        client_gone = asyncio.create_task(_wait_for_disconnect(receive))
        stopping = asyncio.create_task(self._stopping.wait())
        tasks = {sending, client_gone, stopping}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if sending in done:
            sending.result()
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_SECONDS):
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_events(self, send: Send) -> None:
        coded = self._stream.subscription.view.tells_age
        await self._send(send, RETRY + PADDING)
        while True:
            try:
                async with asyncio.timeout(SILENCE_SECONDS):
                    news = await self._mailbox.take()
            except TimeoutError:
                await self._send(send, COMMENT)
                continue
            match news:
                case Frame() as frame:
                    await self._send(send, device_data(frame))
                case StreamNotice() as notice:
                    await self._send(send, error(notice_frame(notice, coded=coded).text))
                case StreamEnd() as end:
                    failure = goodbye_of(end).failure
                    if failure is not None:
                        await self._send(send, error(error_frame(failure, coded=coded).encode()))
                    return

    async def _send(self, send: Send, chunk: bytes) -> None:
        """Send a chunk; a client that takes too long for it is no longer counted as a reader."""
        loop = asyncio.get_running_loop()
        too_slow = loop.call_later(self._patience_seconds, self._give_up)
        try:
            for start in range(0, len(chunk), PIECE_BYTES):
                piece = chunk[start : start + PIECE_BYTES]
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            too_slow.cancel()

    def _give_up(self) -> None:
        self._stream_usage.close(self._stream)
        self._mailbox.end(StreamEnd.TOO_SLOW)
        if self._line is not None:
            self._line.cut()
        # Else what is being sent can't be taken back: the answer ends when the client reads again.


async def _wait_for_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStreams:
    """Opens event streams, and ends them all once `stopping` is set."""

    stream_usage: StreamUsage
    stopping: asyncio.Event
    patience_seconds: float

    async def head(self, caller: Caller, subscription: Subscription) -> EventStreamHead:
        """The same answer without events; nothing stays open for it, and nothing is polled."""
        await usable_link(self.stream_usage.links, caller)
        stream = await self.stream_usage.open_for(caller.claims, Mailbox(), key=caller.key)
        try:
            await self.stream_usage.check(stream, subscription)
        finally:
            self.stream_usage.close(stream)
        return EventStreamHead()

    async def open(self, caller: Caller, subscription: Subscription) -> EventStream:
        """The answer to a caller; what is known to be wrong before it starts is raised.

        That is NotLinked, LinkDead, TooManyStreams, and what StreamUsage raises.
        """
        mailbox = EventMailbox()
        await usable_link(self.stream_usage.links, caller)
        stream = await self.stream_usage.open_for(caller.claims, mailbox, key=caller.key)
        try:
            await self.stream_usage.check(stream, subscription)
            self.stream_usage.subscribe(stream, subscription)
            await self.stream_usage.watch(stream)
        except BaseException:
            self.stream_usage.close(stream)
            raise
        return EventStream(
            stream,
            mailbox,
            self.stream_usage,
            stopping=self.stopping,
            patience_seconds=self.patience_seconds,
        )
