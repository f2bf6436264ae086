"""One socket from its first message to its close frame."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from litestar.types import Receive, Send
from litestar.types.asgi_types import WebSocketSendMessage

from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import Frame, StreamEnd, StreamNotice
from application.live.open_streams import OpenStream
from application.live.stream_usage import StreamUsage
from domain.accounts.callers.visits import VisitOf, unseen
from domain.errors import InvalidInput, LinkDead, NotLinked
from domain.live.errors import ReplayRefused
from entrypoints.failures import codes
from entrypoints.failures.failure import Failure
from entrypoints.streams.close_codes import CloseCode
from entrypoints.streams.goodbye import NO_TOKEN, OUTAGE, REFUSALS, Goodbye, goodbye_for, goodbye_of
from entrypoints.streams.messages import (
    AUTHENTICATE_FIRST,
    AUTHENTICATED,
    error_frame,
    notice_frame,
    read_subscription,
    subscribed_frame,
)
from entrypoints.websocket.arrivals import ClientLeft, message_of
from entrypoints.websocket.in_time import InTime, arrived_at_once
from entrypoints.websocket.wire import Wire
from entrypoints.websocket.wire_outlet import WireOutlet

logger = logging.getLogger(__name__)

FAREWELL_SECONDS = 2.0


class Conversation:
    """Listens; what there is to tell comes from outside, over the wire or through a pump.

    The wire costs a socket nothing but its turn in the feed's loop. Where there is none, a
    mailbox and a task of its own send the same frames over ASGI.
    """

    __slots__ = (
        "_authentication_seconds",
        "_coded",
        "_goodbye",
        "_patience_seconds",
        "_pump",
        "_receive",
        "_send_event",
        "_stream",
        "_stream_usage",
        "_task",
        "_visit_of",
        "_wire",
    )

    def __init__(
        self,
        receive: Receive,
        send: Send,
        stream_usage: StreamUsage,
        *,
        wire: Wire | None,
        visit_of: VisitOf,
        authentication_seconds: float,
        patience_seconds: float,
    ) -> None:
        self._receive = receive
        self._send_event = send
        self._stream_usage = stream_usage
        self._wire = wire
        self._visit_of = visit_of
        self._authentication_seconds = authentication_seconds
        self._patience_seconds = patience_seconds
        self._task: asyncio.Task[Any] | None = None
        self._stream: OpenStream | None = None
        self._pump: asyncio.Task[None] | None = None
        self._goodbye: Goodbye | None = None
        self._coded = False

    async def run(self) -> None:
        """Hold the conversation; every way it can end is translated here and nowhere else."""
        self._task = asyncio.current_task()
        try:
            await self._receive()
            await self._send_event({"type": "websocket.accept", "subprotocol": None, "headers": []})
            await self._listen()
        except Goodbye as goodbye:
            self._goodbye = self._goodbye or goodbye
        except REFUSALS as refusal:
            self._goodbye = self._goodbye or goodbye_for(refusal)
        except ClientLeft:
            logger.debug("a client left")
        except asyncio.CancelledError:
            if self._goodbye is None:
                raise
        except Exception:
            logger.exception("a stream broke")
            self._goodbye = Goodbye(CloseCode.INTERNAL_ERROR, codes.INTERNAL)
        finally:
            self._task = None
            await self._let_go()
        if self._goodbye is not None:
            await self._end_with(self._goodbye)

    async def _listen(self) -> None:
        arrivals = InTime(self._receive, seconds=self._authentication_seconds)
        while self._stream is None:
            try:
                event = await arrivals.next()
            except TimeoutError:
                raise Goodbye(CloseCode.AUTHENTICATION_TIMED_OUT) from None
            await self._hear(message_of(event))
            del event  # it would be held, with the token in it, for as long as the socket is open
        await self._begin_watching(self._stream)
        while self._goodbye is None:
            await self._hear(message_of(await self._receive()))
        raise self._goodbye

    async def _begin_watching(self, stream: OpenStream) -> None:
        """Who subscribes at once is spared the feed that others begin with."""
        event = await arrived_at_once(self._receive)
        message = None if event is None else message_of(event)
        subscribes = message is not None and message.get("type") == "subscribe"
        if subscribes:
            await self._hear(message)
        await self._stream_usage.watch(stream)
        if event is not None and not subscribes:
            await self._hear(message)

    async def _hear(self, message: Mapping[str, Any] | None) -> None:
        if message is None:
            await self._complain(codes.INVALID_MESSAGE)
            return
        match message.get("type"):
            case "authenticate":
                await self._authenticate(message.get("token"))
            case _ if self._stream is None:
                await self._say(AUTHENTICATE_FIRST)
            case "subscribe":
                await self._subscribe(self._stream, message)
            case _:
                await self._complain(codes.UNKNOWN_MESSAGE_TYPE)

    async def _authenticate(self, token: object) -> None:
        if not isinstance(token, str) or not token:
            raise Goodbye(CloseCode.TOKEN_REFUSED, NO_TOKEN)
        if self._stream is not None:
            await self._stream_usage.prolong(self._stream, token)
            await self._say(AUTHENTICATED)
            return
        outlet: WireOutlet | Mailbox = Mailbox()
        if self._wire is not None:
            outlet = WireOutlet(self._wire, self._leave, patience_seconds=self._patience_seconds)
        self._stream = await self._stream_usage.open(token, outlet, self._visit_of)
        self._visit_of = unseen  # what it was made of is not held as long as the socket
        await self._say(AUTHENTICATED)
        # Frames are let out now: a change of the link may have brought some before.
        if isinstance(outlet, Mailbox):
            self._pump = asyncio.create_task(self._deliver(outlet))
        else:
            outlet.begin()

    async def _subscribe(self, stream: OpenStream, message: Mapping[str, Any]) -> None:
        self._coded = True
        if isinstance(stream.outlet, WireOutlet):
            stream.outlet.tell_codes()
        try:
            subscription = read_subscription(message)
            subscription = await self._stream_usage.check(stream, subscription)
        except (InvalidInput, ReplayRefused) as refusal:
            await self._complain(codes.failure_of(refusal))
        except NotLinked:
            self._leave(StreamEnd.NO_DEVICES)
        except LinkDead:
            self._leave(StreamEnd.LINK_DEAD)
        except OUTAGE:
            await self._complain(codes.POLLS_FAILING)
        else:
            await self._say(subscribed_frame(subscription))
            told_plainly = None if stream.subscription.view.tells_age else stream.watched
            self._stream_usage.subscribe(stream, subscription)
            # What was told without its code is told again; another feed tells by itself.
            if stream.watched == told_plainly and self._stream_usage.feeds.are_failing(stream):
                await self._complain(codes.POLLS_FAILING)

    async def _deliver(self, mailbox: Mailbox) -> None:
        """Send what the mailbox holds, as fast as this client reads and no faster."""
        while True:
            try:
                match await mailbox.take():
                    case StreamEnd() as end:
                        self._leave(end)
                        return
                    case StreamNotice() as notice:
                        frame = notice_frame(notice, coded=self._coded)
                    case Frame() as frame:
                        pass
                async with asyncio.timeout(self._patience_seconds):
                    await self._say(frame.text.decode())
            except ClientLeft:
                return
            except TimeoutError:
                self._leave(StreamEnd.TOO_SLOW)
                return

    def _leave(self, end: StreamEnd) -> None:
        """End the conversation from outside of it."""
        if self._goodbye is None:
            self._goodbye = goodbye_of(end)
            if self._task is not None and self._task is not asyncio.current_task():
                self._task.cancel()

    async def _complain(self, failure: Failure) -> None:
        await self._say(error_frame(failure, coded=self._coded))

    async def _say(self, text: str) -> None:
        await self._emit({"type": "websocket.send", "bytes": None, "text": text})

    async def _emit(self, event: WebSocketSendMessage) -> None:
        try:
            await self._send_event(event)
        except (OSError, RuntimeError) as lost:
            # uvicorn raises the latter when it has closed by itself, as after a forbidden frame.
            raise ClientLeft from lost

    async def _let_go(self) -> None:
        if self._stream is not None:
            self._stream_usage.close(self._stream)
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)

    async def _end_with(self, goodbye: Goodbye) -> None:
        """Say the last word and close; a client that does not listen is not waited for."""
        if goodbye.code is CloseCode.TOO_SLOW and self._wire is not None:
            self._wire.cut(goodbye.code)
            return
        try:
            async with asyncio.timeout(FAREWELL_SECONDS):
                if goodbye.failure is not None:
                    await self._complain(goodbye.failure)
                await self._emit({"type": "websocket.close", "code": goodbye.code, "reason": None})
        except (TimeoutError, ClientLeft):
            logger.debug("a client left before the goodbye")
