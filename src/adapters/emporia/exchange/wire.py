"""One connection to the cloud, and the one answer that is on its way through it."""

import asyncio
import select
from typing import cast

import httptools
import httpx

from adapters.emporia.exchange.coming import Coming, Head, TooMuch

HELD_BYTES = 64 * 1024
"""So much of a body may wait for its reader before the sender has to."""


class Wire(asyncio.Protocol):
    """Asks one question after the other; what breaks is told in httpx's words.

    Questions are those whose answers have bodies, GET and POST. Whoever asks reads the answer until
    `b""`, or closes the wire.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpResponseParser(self)
        self._may_stay = True
        self._coming: Coming | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._waiter: asyncio.Future[None] | None = None

    @property
    def is_free(self) -> bool:
        """Whether it is open, and nothing is to come."""
        return self._may_stay and self._coming is None and not self._transport.is_closing()

    @property
    def is_silent(self) -> bool:
        """Whether the question before is sent, and nothing has come that the loop has not seen yet.

        It would be taken for the answer to the next question, or is the end of the connection.
        """
        if self._transport.get_write_buffer_size():
            return False
        return self._unheard is None or not self._unheard.poll(0)

    async def ask(self, question: bytes, *, read_seconds: float | None) -> Head:
        """Send it, and wait for the head of the answer; raises httpx.TransportError.

        From here to the end of the answer the cloud may be silent for `read_seconds` at most.
        """
        if not self.is_free:
            raise httpx.RemoteProtocolError("the connection broke")
        self._set_timer(None)
        coming = self._coming = Coming(heard_at=self._loop.time())
        if read_seconds is not None:
            self._set_timer(self._loop.call_later(read_seconds, self._listen_on, read_seconds))
        self._transport.write(question)
        while coming.head is None:
            await self._more(coming)
        return coming.head

    async def read(self) -> bytes:
        """What has come of the body, `b""` from its end on; raises httpx.TransportError."""
        coming = self._coming
        if coming is None:
            return b""
        while not coming.body:
            if coming.is_whole:
                self._expect_nothing()
                return b""
            await self._more(coming)
        if coming.is_held_up and not self._transport.is_closing():
            coming.is_held_up = False
            self._transport.resume_reading()
        return coming.take_body()

    def rest(self, *, seconds: float) -> None:
        """Stay open for so long if nobody asks anything."""
        self._set_timer(self._loop.call_later(seconds, self.close))

    def close(self) -> None:
        """Hang up."""
        self._expect_nothing()
        self._may_stay = False
        self._transport.abort()

    def _expect_nothing(self) -> None:
        self._coming = None
        self._set_timer(None)

    def _set_timer(self, timer: asyncio.TimerHandle | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = timer

    async def _more(self, coming: Coming) -> None:
        """Wait until more has happened."""
        if coming.failure is not None:
            raise coming.failure
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _listen_on(self, seconds: float) -> None:
        """Break off what has been silent for so long; whom we hold up is not silent."""
        coming = self._coming
        if coming is None:
            return
        now = self._loop.time()
        silent_since = now if coming.is_held_up else coming.heard_at
        left = silent_since + seconds - now
        if left > 0:
            self._set_timer(self._loop.call_later(left, self._listen_on, seconds))
        else:
            self._break_off(httpx.ReadTimeout("the cloud is silent"))

    def _break_off(self, failure: httpx.TransportError) -> None:
        """End the connection; what failed first is told, and an answer that is whole is kept."""
        self._may_stay = False
        coming = self._coming
        if coming is not None and not coming.is_whole and coming.failure is None:
            coming.failure = failure
        self._transport.abort()
        self._wake()

    # What the event loop tells.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        # Windows has none, and hears of it a moment later.
        self._unheard = select.poll() if hasattr(select, "poll") else None
        if self._unheard is not None:
            self._unheard.register(transport.get_extra_info("socket"), select.POLLIN)

    def data_received(self, data: bytes) -> None:
        coming = self._coming
        if coming is None:
            self.close()  # nobody has asked
            return
        coming.heard_at = self._loop.time()
        before = coming.head_bytes, coming.held_bytes
        try:
            self._parser.feed_data(data)
            if before == (coming.head_bytes, coming.held_bytes):
                # Part of a header or trailer, which the parser holds, or between pieces of a body.
                coming.count(len(data))
        except (httptools.HttpParserError, httptools.HttpParserUpgrade, TooMuch):
            self._break_off(httpx.RemoteProtocolError("the answer is not HTTP"))
            return
        if coming.held_bytes > HELD_BYTES and not (coming.is_held_up or coming.is_whole):
            coming.is_held_up = True
            self._transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is None and self._coming is not None:
            self._coming.end()
        self._break_off(httpx.RemoteProtocolError("the connection broke"))

    # What the parser tells.

    def on_message_begin(self) -> None:
        if self._coming is None or self._coming.is_whole:
            raise TooMuch

    def on_header(self, name: bytes, value: bytes) -> None:
        coming = self._asked
        if coming.head is None:  # else it is a trailer, which is no part of the head
            coming.headers.append((name, value))
        coming.count(len(name) + len(value))

    def on_headers_complete(self) -> None:
        coming = self._asked
        status = self._parser.get_status_code()
        if status >= httpx.codes.OK:
            coming.head = Head(status, coming.headers)
            self._wake()

    def on_body(self, body: bytes) -> None:
        coming = self._asked
        if coming.head is None:
            raise TooMuch  # what only announces an answer has no body
        coming.body.append(body)
        coming.held_bytes += len(body)
        self._wake()

    def on_message_complete(self) -> None:
        coming = self._asked
        if coming.head is None:
            coming.headers = []  # of what only announces an answer
            return
        coming.is_whole = True
        # Who sends a body where there is none sends it after this.
        self._may_stay = self._parser.should_keep_alive() and not coming.head.has_no_body
        self._wake()

    @property
    def _asked(self) -> Coming:
        """What is coming, for the parser is fed with nothing else."""
        assert self._coming is not None  # noqa: S101
        return self._coming
