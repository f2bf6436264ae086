"""The live stream as Server-Sent Events: the same feed for whoever speaks nothing but HTTP."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

import msgspec
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from application.accounts.access import Caller
from application.emporia.usable_link import usable_link
from application.live.mailbox import Mailbox
from application.live.open_streams import OpenStream
from application.live.outlet import Frame, StreamEnd, StreamNotice
from application.live.stream_usage import StreamUsage
from application.live.subscription import Subscription
from entrypoints.streams.goodbye import goodbye_of
from entrypoints.streams.messages import error_frame, notice_frame

MEDIA_TYPE = "text/event-stream"
RETRY = b"retry: 3000\n\n"
"""When a client that lost its stream comes back, in milliseconds."""

COMMENT = b":\n\n"
SILENCE_SECONDS = 15.0
"""How long nothing is sent before a comment shows clients and proxies that the line is alive."""

FAREWELL_SECONDS = 2.0
"""How long a client that does not read is waited for when the gateway stops."""


class _Usages(msgspec.Struct):
    instant: str


class _Data(msgspec.Struct, rename="camel"):
    device_list_usages: _Usages


class _DeviceData(msgspec.Struct):
    data: _Data


_READER = msgspec.json.Decoder(_DeviceData)


def _device_data(frame: Frame) -> bytes:
    instant = _READER.decode(frame.text).data.device_list_usages.instant
    return b"event: deviceData\nid: %b\ndata: %b\n\n" % (instant.encode(), frame.text)


def _error(text: bytes) -> bytes:
    return b"event: error\ndata: %b\n\n" % text


class EventStream(ASGIResponse):
    """The answer that goes on until its stream ends, its client leaves or the gateway stops.

    A client that does not read gets the newest frame when it does; one that takes too long gets
    no more, and nothing is polled for it.
    """

    _should_set_content_length = False

    def __init__(
        self,
        stream: OpenStream,
        mailbox: Mailbox,
        stream_usage: StreamUsage,
        *,
        stopping: asyncio.Event,
        patience_seconds: float,
    ) -> None:
        super().__init__(media_type=MEDIA_TYPE, headers={"X-Accel-Buffering": "no"})
        self._stream = stream
        self._mailbox = mailbox
        self._stream_usage = stream_usage
        self._stopping = stopping
        self._patience_seconds = patience_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream, and forget the stream however this ends."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._stream_usage.close(self._stream)

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
        await self._send(send, RETRY)
        while True:
            try:
                async with asyncio.timeout(SILENCE_SECONDS):
                    news = await self._mailbox.take()
            except TimeoutError:
                await self._send(send, COMMENT)
                continue
            match news:
                case Frame() as frame:
                    await self._send(send, _device_data(frame))
                case StreamNotice() as notice:
                    await self._send(send, _error(notice_frame(notice, coded=coded).text))
                case StreamEnd() as end:
                    failure = goodbye_of(end).failure
                    if failure is not None:
                        await self._send(send, _error(error_frame(failure, coded=coded).encode()))
                    return

    async def _send(self, send: Send, chunk: bytes) -> None:
        """Send a chunk; a client that takes too long for it is no longer counted as a reader."""
        loop = asyncio.get_running_loop()
        too_slow = loop.call_later(self._patience_seconds, self._give_up)
        try:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        finally:
            too_slow.cancel()

    def _give_up(self) -> None:
        # What is being sent can't be taken back; the answer ends when the client reads again.
        self._stream_usage.close(self._stream)
        self._mailbox.end(StreamEnd.TOO_SLOW)


async def _wait_for_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStreams:
    """Opens event streams, and ends them all once `stopping` is set."""

    stream_usage: StreamUsage
    stopping: asyncio.Event
    patience_seconds: float

    async def open(self, caller: Caller, subscription: Subscription) -> EventStream:
        """The answer to a caller; what is known to be wrong before it starts is raised.

        That is NotLinked, LinkDead, TooManyStreams, and what StreamUsage raises.
        """
        mailbox = Mailbox()
        await usable_link(self.stream_usage.links, caller)
        stream = await self.stream_usage.open_for(caller.claims, mailbox)
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
