"""What is answered where no application is asked: the same envelope and headers as everywhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

import httptools

from entrypoints.failures import codes
from entrypoints.failures.accept import accept_in
from entrypoints.failures.answer import Answer, answer_of
from entrypoints.failures.failure import Failure
from entrypoints.protections import HEADERS

RETRY_AFTER_SECONDS = 5

REQUEST_LINE = re.compile(rb"[A-Z-]{1,32} [!-~]+ HTTP/1\.[01]\r\n")


Headers = Iterable[tuple[bytes, bytes]]
"""Of a request, names in small letters."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer to a request that is not to be served; the connection ends with it.

    Its form is what the request's headers ask for. Where not all of them were read there are none:
    what was not read might ask for another.
    """

    failure: Failure

    @property
    def phrase(self) -> str:
        """What HTTP calls the status."""
        return HTTPStatus(self.failure.status).phrase

    def answer_to(self, headers: Headers = ()) -> Answer:
        """Status, headers and body, for a request with these headers."""
        accept = accept_in(headers)
        told = answer_of(self.failure, accept, retry_after_seconds=RETRY_AFTER_SECONDS)
        connection = "Upgrade, close" if "Upgrade" in told.headers else "close"
        length = {"Content-Length": str(len(told.body)), "Connection": connection}
        return told._replace(headers={**told.headers, **length, **HEADERS})

    def serialize(self, headers: Headers = ()) -> bytes:
        """The whole answer to a request with these headers, as it goes over the wire."""
        status, told, body = self.answer_to(headers)
        lines = [f"HTTP/1.1 {status} {self.phrase}"]
        lines += [f"{name.lower()}: {value}" for name, value in told.items()]
        return "\r\n".join([*lines, "", ""]).encode("ascii") + body


UNREADABLE = Refusal(codes.REQUEST_UNREADABLE)
HOST_NOT_ONE = Refusal(
    codes.REQUEST_UNREADABLE.saying("Host: the request has to name its host, and only once.")
)
HOST_INVALID = Refusal(
    codes.REQUEST_UNREADABLE.saying(
        "Host: not a host name or address, perhaps with a port, such as example.com:3000."
    )
)
BODY_UNCLEAR = Refusal(
    codes.REQUEST_UNREADABLE.saying(
        "It is not clear where the body ends: send Content-Length, or Transfer-Encoding: chunked "
        "over HTTP/1.1, and not both."
    )
)
TRANSFER_CODING_UNKNOWN = Refusal(codes.TRANSFER_CODING_UNKNOWN)
TOO_MANY_PIECES = Refusal(codes.TOO_MANY_PIECES)
TOO_LATE = Refusal(codes.TOO_LATE)
ADDRESS_TOO_LONG = Refusal(codes.ADDRESS_TOO_LONG)
HEADERS_TOO_LARGE = Refusal(codes.HEADERS_TOO_LARGE)
METHOD_UNKNOWN = Refusal(codes.METHOD_UNKNOWN)
TOO_MANY_OF_ADDRESS = Refusal(codes.TOO_MANY_CONNECTIONS_OF_ADDRESS)
TOO_MANY_IN_ALL = Refusal(codes.TOO_MANY_CONNECTIONS)
STOPPING = Refusal(codes.STOPPING)

VERSIONS = {"Sec-WebSocket-Version": "13"}
"""What RFC 6455, 4.4, has a server tell whose version of the protocol is another."""

_HANDSHAKES = {
    400: codes.REQUEST_UNREADABLE.saying("The WebSocket handshake can't be read.").with_(VERSIONS),
    405: codes.METHOD_NOT_ALLOWED,
    414: codes.ADDRESS_TOO_LONG,
    426: codes.HANDSHAKE_NEEDED.with_(VERSIONS),
    431: codes.HEADERS_TOO_LARGE,
    500: codes.INTERNAL,
}

WRONG_VERSION = Refusal(
    codes.REQUEST_UNREADABLE.saying(
        "Sec-WebSocket-Version: only version 13 of the WebSocket protocol is spoken here."
    ).with_(VERSIONS)
)
WRONG_HTTP_VERSION = Refusal(
    codes.HANDSHAKE_NEEDED.saying("A WebSocket handshake takes HTTP/1.1.").with_(VERSIONS)
)


def of_handshake(status: int) -> Refusal:
    """What is said where the WebSocket library refuses a handshake with this status."""
    return Refusal(_HANDSHAKES.get(status, _HANDSHAKES[400]))


def of_parser(error: httptools.HttpParserError, data: bytes) -> Refusal:
    """What is said where the parser stops at this data."""
    is_method = isinstance(error, httptools.HttpParserInvalidMethodError)
    return METHOD_UNKNOWN if is_method and REQUEST_LINE.match(data) else UNREADABLE
