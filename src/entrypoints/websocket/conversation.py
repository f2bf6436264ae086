"""One socket from its first message to its close frame."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect

from application.mailbox import StreamEnd, StreamNotice
from application.open_streams import OpenStream
from application.stream_usage import StreamUsage
from domain.errors import AccessTokenInvalid, TooManyStreams, UserNotFound
from entrypoints.websocket.close_codes import CloseCode
from entrypoints.websocket.messages import AUTHENTICATED, error_frame, read_message

logger = logging.getLogger(__name__)

FAREWELL_SECONDS = 2.0

POLLS_FAILING = error_frame("Error fetching device data.")


class Goodbye(Exception):
    """The socket is to be closed, after a last word where there is one."""

    def __init__(self, code: CloseCode, message: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


_ENDS = {
    StreamEnd.TOKEN_INVALID: (CloseCode.TOKEN_REFUSED, AccessTokenInvalid.sentence),
    StreamEnd.USER_GONE: (CloseCode.USER_GONE, UserNotFound.sentence),
    StreamEnd.NO_DEVICES: (CloseCode.NO_DEVICES, "Error fetching devices."),
}


class Conversation:
    """Listens in front and sends beside; whichever ends first ends the other."""

    def __init__(
        self,
        socket: WebSocket[Any, Any, Any],
        stream_usage: StreamUsage,
        *,
        authentication_seconds: float,
    ) -> None:
        self._socket = socket
        self._stream_usage = stream_usage
        self._authentication_seconds = authentication_seconds
        self._stream: OpenStream | None = None

    async def run(self) -> None:
        """Hold the conversation; every way it can end is translated here and nowhere else."""
        await self._socket.accept()
        goodbye: Goodbye | None = None
        try:
            async with asyncio.TaskGroup() as tasks:
                await self._listen(tasks)
        except* Goodbye as reasons:
            goodbye = _first(reasons)
        except* WebSocketDisconnect:
            logger.debug("a client left")
        except* Exception:
            logger.exception("a stream broke")
            goodbye = Goodbye(CloseCode.INTERNAL_ERROR, "Something went wrong on our side.")
        finally:
            if self._stream is not None:
                self._stream_usage.close(self._stream)
        if goodbye is not None:
            await self._part(goodbye)

    async def _listen(self, tasks: asyncio.TaskGroup) -> None:
        deadline = asyncio.timeout(self._authentication_seconds)
        try:
            async with deadline:
                while True:
                    await self._hear(read_message(await self._receive()), tasks, deadline)
        except TimeoutError:
            if not deadline.expired():
                raise
            raise Goodbye(CloseCode.AUTHENTICATION_TIMED_OUT) from None

    async def _hear(
        self,
        message: Mapping[str, Any] | None,
        tasks: asyncio.TaskGroup,
        deadline: asyncio.Timeout,
    ) -> None:
        if message is None:
            await self._send(error_frame("Invalid message format."))
        elif message.get("type") == "authenticate":
            await self._authenticate(message.get("token"), tasks, deadline)
        elif self._stream is None:
            await self._send(error_frame("Please authenticate first."))
        else:
            await self._send(error_frame("Unknown message type."))

    async def _authenticate(
        self, token: object, tasks: asyncio.TaskGroup, deadline: asyncio.Timeout
    ) -> None:
        if not isinstance(token, str) or not token:
            raise Goodbye(CloseCode.TOKEN_REFUSED, "Authentication token missing.")
        try:
            if self._stream is not None:
                await self._stream_usage.prolong(self._stream, token)
                await self._send(AUTHENTICATED)
                return
            self._stream = await self._stream_usage.open(token)
        except AccessTokenInvalid as refusal:
            raise Goodbye(CloseCode.TOKEN_REFUSED, str(refusal)) from None
        except UserNotFound as refusal:
            raise Goodbye(CloseCode.USER_GONE, str(refusal)) from None
        except TooManyStreams as refusal:
            raise Goodbye(CloseCode.TOO_MANY_STREAMS, str(refusal)) from None
        deadline.reschedule(None)
        await self._send(AUTHENTICATED)
        await self._stream_usage.watch(self._stream)
        tasks.create_task(self._pump(self._stream))

    async def _pump(self, stream: OpenStream) -> None:
        """Send what the mailbox holds, as fast as this client reads and no faster."""
        while True:
            match await stream.mailbox.take():
                case StreamNotice.POLLS_FAILING:
                    await self._send(POLLS_FAILING)
                case StreamEnd() as end:
                    raise Goodbye(*_ENDS[end])
                case frame:
                    await self._send(frame.decode())

    async def _receive(self) -> str | None:
        """The text of the next message, None for a binary one."""
        event = await self._socket.receive()
        if event["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(detail="the client left", code=event["code"])
        text = event.get("text")
        return text if isinstance(text, str) else None

    async def _send(self, text: str) -> None:
        try:
            await self._socket.send({"type": "websocket.send", "bytes": None, "text": text})
        except OSError as lost:
            raise WebSocketDisconnect(detail="the client left", code=1006) from lost

    async def _part(self, goodbye: Goodbye) -> None:
        """Say the last word and close; a client that does not listen is not waited for."""
        try:
            async with asyncio.timeout(FAREWELL_SECONDS):
                if goodbye.message is not None:
                    await self._send(error_frame(goodbye.message))
                await self._socket.close(code=goodbye.code)
        except (OSError, WebSocketDisconnect):
            logger.debug("a client left before the goodbye")


def _first(reasons: BaseExceptionGroup[Goodbye]) -> Goodbye:
    """The first goodbye, however deep the groups that task groups make are nested."""
    reason = reasons.exceptions[0]
    return _first(reason) if isinstance(reason, BaseExceptionGroup) else reason
