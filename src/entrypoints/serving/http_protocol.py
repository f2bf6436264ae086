"""HTTP with limits on what a stranger sends and how long it takes: uvicorn, pinned, has neither.

This file and its neighbours alone know its inside."""

import asyncio
from typing import Any, cast

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from entrypoints.serving import refusals
from entrypoints.serving.admission import Place
from entrypoints.serving.deadline import Deadline
from entrypoints.serving.hanging_up import (
    HANG_UP_SECONDS,
    LEFTOVER_SECONDS,
    Ending,
    UnreadWatch,
    cut,
    limit_buffers,
    read_slowly,
)
from entrypoints.serving.one_write import HeadWithBody
from entrypoints.serving.refusals import Refusal
from entrypoints.serving.request_measure import Reading, RequestDeadlines, RequestMeasure
from entrypoints.serving.websocket.protocol import WireProtocol
from entrypoints.streams.line import EXTENSION

LEAST_BYTES_A_SECOND = 1_024  # each such part of a body earns a second more for the rest


class HttpProtocol(HttpToolsProtocol):
    """One connection, for as long as it speaks HTTP."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        *,
        deadlines: RequestDeadlines,
        place: Place | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state)
        self._deadlines = deadlines
        self._place = place
        self._deadline = Deadline(self.loop, self._too_late)
        self._ending = Ending(self.loop)
        self._extensions = {EXTENSION: self}
        self._measure = RequestMeasure()
        self._is_over = False
        self._answering: RequestResponseCycle | None = None
        self._body_since = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Expect a request."""
        limit_buffers(transport)
        super().connection_made(transport)  # type: ignore[arg-type]
        self._unread = UnreadWatch(self.loop, self.transport)
        self._answers = HeadWithBody(self.loop, self.transport)
        self._deadline.set(self.loop.time() + self._deadlines.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place back."""
        self._ending.is_gone()
        self._unread.end()
        if self._place is not None:
            self._place.leave()
        self._disconnect()
        super().connection_lost(exc)
        self._let_go()

    def _let_go(self) -> None:
        """Leave nothing that leads back here: garbage is hardly ever looked for."""
        self._deadline.cancel()
        self._extensions.clear()
        self.parser = cast(Any, None)

    def _disconnect(self) -> None:
        """Let nobody write any more; uvicorn tells only the request that came last."""
        for cycle in (self._answering, self.cycle):
            if cycle is not None and not cycle.response_complete:
                cycle.disconnected = True
                cycle.message_event.set()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answering = cycle
        cycle.transport = cast(Any, self._answers)
        super()._start_asgi_task(cycle, app)

    def data_received(self, data: bytes) -> None:
        """Parse, up to the first thing that goes too far."""
        if self._is_over:
            read_slowly(self.loop, self.transport)
            return
        self._unset_keepalive_if_required()
        measure = self._measure
        before, body_bytes = (measure.reading, self.headers), measure.body_bytes
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError as error:
            self._refuse(measure.refusal or refusals.of_parser(error, data))
        else:
            is_going_on = before[0] is measure.reading and before[1] is self.headers
            rest = len(data) - (measure.body_bytes - body_bytes) if is_going_on else 0
            if measure.unfinished(rest):
                self._expect_more()
            else:
                self._refuse(refusals.HEADERS_TOO_LARGE)

    def _expect_more(self) -> None:
        """Set the deadline for what is missing, if anything is."""
        is_answered = self.cycle is None or self.cycle.response_complete
        if self._measure.reading is not Reading.BODY:
            if self._deadline.is_off and (self._measure.reading is Reading.HEAD or is_answered):
                self._deadline.set(self.loop.time() + self._deadlines.head_seconds)
        elif not is_answered:
            if self._deadline.is_off:
                self._body_since = self.loop.time()
            earned_seconds = self._measure.body_bytes / LEAST_BYTES_A_SECOND
            self._deadline.set(self._body_since + self._deadlines.body_seconds + earned_seconds)
        else:
            read_slowly(self.loop, self.transport)

    def on_message_begin(self) -> None:
        """A request begins."""
        self._measure.begin(waiting=len(self.pipeline))
        super().on_message_begin()
        self.scope["extensions"] = cast(Any, self._extensions)

    def on_url(self, url: bytes) -> None:
        """A part of the address."""
        super().on_url(url)
        self._measure.address(len(self.url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or a trailer: nobody asks for those, and headers they must not become."""
        self._measure.header(name, value)
        if self._measure.reading is Reading.HEAD:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._measure.head(self.headers, version=self.parser.get_http_version())
        super().on_headers_complete()
        self._measure.expect(Reading.BODY)
        self._deadline.clear()

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._measure.piece(len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is there."""
        self._measure.expect(Reading.NOTHING)
        self._deadline.clear()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """A request was answered, perhaps before all of it had come."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._unread.begin()
        elif self._measure.reading is Reading.BODY:
            self._deadline.set(self.loop.time() + LEFTOVER_SECONDS)

    def timeout_keep_alive_handler(self) -> None:
        """Nobody asked for more."""
        super().timeout_keep_alive_handler()
        self._unread.begin()

    def pause_writing(self) -> None:
        """The client does not read as fast as it is answered."""
        super().pause_writing()
        self._unread.begin()

    def resume_writing(self) -> None:
        """The client has read most of what waited for it."""
        super().resume_writing()
        if not self.transport.is_closing():
            self._unread.end()

    def hang_up(self) -> None:
        """Let what was written be read for a moment, then end the connection."""
        self._is_over = True
        self._answers.close()
        self._ending.within(HANG_UP_SECONDS, self.transport.abort)

    def cut(self) -> None:
        """End the connection now."""
        self._is_over = True
        self._disconnect()
        cut(self.transport)

    def cut_within(self, seconds: float) -> None:
        self._ending.within(seconds, self.cut)

    def break_off(self) -> None:
        """Wait no longer for the answer: the gateway stops, and its caller is told so."""
        cycle = self._answering
        if cycle is not None and not (cycle.response_started or cycle.disconnected):
            self.transport.write(refusals.STOPPING.serialize(cycle.scope["headers"]))
        self._disconnect()
        self.hang_up()

    def _too_late(self) -> None:
        if self._is_over or self._measure.reading is Reading.NOTHING:
            self.hang_up()
        elif self.flow.read_paused:
            self._expect_more()  # it is us who do not read
        else:
            self._refuse(refusals.TOO_LATE)

    def _refuse(self, refusal: Refusal) -> None:
        """Answer in the application's place, unless that would come between other answers."""
        self._is_over = True
        self._deadline.clear()
        if self._measure.reading is Reading.BODY:
            if self.pipeline or self.cycle.response_started:
                self.hang_up()
                return
            self._disconnect()
        elif self.cycle is not None and not self.cycle.response_complete:
            self.cycle.keep_alive = False  # what came before is answered, and that is the last
            return
        headers = self.headers if self._measure.reading is Reading.BODY else ()
        self.transport.write(refusal.serialize(headers))
        self.transport.write_eof()
        self._deadline.set(self.loop.time() + LEFTOVER_SECONDS)

    def _upgrade(self, early: bytes) -> None:
        """Speak WebSocket from here on; `early` came with the handshake. Others are passed over."""
        if not self._should_upgrade():
            return
        if self.cycle is not None and not self.cycle.response_complete:
            self._refuse(refusals.UNREADABLE)
            return
        self.connections.discard(self)
        protocol = WireProtocol(self.config, self.server_state, {}, self.loop)
        protocol.inherit(self, self._place)
        self.transport.set_protocol(protocol)
        protocol.shake_hands(self.parser.get_method().decode("ascii"), self.url, self.headers)
        if early:
            protocol.data_received(early)
        self._let_go()
