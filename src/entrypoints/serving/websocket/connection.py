"""What the WebSocket library knows of one connection, small, and polite where it refuses."""

import logging
from collections.abc import Callable

from websockets.datastructures import Headers
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory
from websockets.http11 import Request, Response
from websockets.protocol import Protocol, State
from websockets.server import ServerProtocol
from websockets.typing import StatusLike

from entrypoints.serving.refusals import Headers as RawHeaders
from entrypoints.serving.refusals import of_handshake

LOGGER = logging.getLogger("uvicorn.error")


class WebSocketConnection(ServerProtocol):
    """One connection. Slots in place of its parents' dictionaries save 1 KB a socket."""

    __slots__ = (
        "_state",
        "accept_called",
        "asked_with",
        "available_extensions",
        "available_subprotocols",
        "close_rcvd",
        "close_rcvd_then_sent",
        "close_sent",
        "current_size",
        "debug",
        "eof_sent",
        "events",
        "expect_continuation_frame",
        "extensions",
        "handshake_exc",
        "id",
        "logger",
        "max_fragment_size",
        "max_message_size",
        "on_end",
        "origin",
        "origins",
        "parser",
        "parser_exc",
        "reader",
        "side",
        "subprotocol",
        "writes",
    )

    def __init__(self, *, max_message_bytes: int, deflates: bool) -> None:
        self.on_end: Callable[[], None] = _nobody_asks
        extensions = [ServerPerMessageDeflateFactory()] if deflates else None
        super().__init__(max_size=max_message_bytes, logger=LOGGER, extensions=extensions)
        self.asked_with: RawHeaders = ()

    @property
    def state(self) -> State:
        """As the library has it."""
        return self._state

    @state.setter
    def state(self, state: State) -> None:
        self._state = state
        if state is not State.OPEN:
            self.on_end()

    @property
    def is_open(self) -> bool:
        """Whether the handshake is over, and no close frame was sent or received."""
        return self._state is State.OPEN

    def reject(self, status: StatusLike, text: str) -> Response:
        """The answer to a handshake that is refused; what the library would say is not shown."""
        refusal = of_handshake(int(status))
        LOGGER.debug("a handshake was refused: %s", text)
        told = refusal.answer_to(self.asked_with)
        headers = Headers(told.headers)
        headers.pop("Upgrade", None)  # the library adds it by itself
        return Response(told.status, refusal.phrase, headers, told.body)

    def expect_frames(self) -> None:
        """The head of the handshake was read elsewhere: what comes next are frames."""
        self.parser = Protocol.parse(self)
        next(self.parser)


def _nobody_asks() -> None:
    """Nobody wants to hear of the end."""


def handshake_of(method: str, address: bytes, headers: list[tuple[bytes, bytes]]) -> Request:
    """A request that was parsed elsewhere, as the library knows them."""
    fields = Headers()
    for name, value in headers:
        fields.set_insecure(name.decode("ascii"), value.decode("latin-1"))
    return Request(address.decode("ascii"), fields, method)


def is_of_version_13(headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether no other version of the protocol is asked for, nor none at all."""
    told = [value.strip() for name, value in headers if name == b"sec-websocket-version"]
    return bool(told) and set(told) == {b"13"}


def has_body(headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether something follows the head: it would be taken for frames."""
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
        for name, value in headers
    )
