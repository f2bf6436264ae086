"""What is answered where no application is asked: the same envelope and headers as everywhere."""

from dataclasses import dataclass
from http import HTTPStatus

from entrypoints.failures import codes
from entrypoints.failures.answer import Answer, answer_of
from entrypoints.protections import HEADERS

RETRY_AFTER_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer to a request that is not to be served; the connection ends with it.

    It is the plain envelope for everybody: of most that is refused here no header was read.
    """

    failure: codes.Failure

    @property
    def phrase(self) -> str:
        """What HTTP calls the status."""
        return HTTPStatus(self.failure.status).phrase

    @property
    def answer(self) -> Answer:
        """Status, headers and body."""
        told = answer_of(self.failure, "", retry_after_seconds=RETRY_AFTER_SECONDS)
        length = {"Content-Length": str(len(told.body)), "Connection": "close"}
        return told._replace(headers={**told.headers, **length, **HEADERS})

    def serialize(self) -> bytes:
        """The whole answer, as it goes over the wire."""
        status, headers, body = self.answer
        lines = [f"HTTP/1.1 {status} {self.phrase}"]
        lines += [f"{name.lower()}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "", ""]).encode("ascii") + body


UNREADABLE = Refusal(codes.REQUEST_UNREADABLE)
TOO_MANY_PIECES = Refusal(codes.TOO_MANY_PIECES)
TOO_LATE = Refusal(codes.TOO_LATE)
ADDRESS_TOO_LONG = Refusal(codes.ADDRESS_TOO_LONG)
HEADERS_TOO_LARGE = Refusal(codes.HEADERS_TOO_LARGE)
METHOD_UNKNOWN = Refusal(codes.METHOD_UNKNOWN)
TOO_MANY_OF_ADDRESS = Refusal(codes.TOO_MANY_CONNECTIONS_OF_ADDRESS)
TOO_MANY_IN_ALL = Refusal(codes.TOO_MANY_CONNECTIONS)

_HANDSHAKES = {
    400: codes.REQUEST_UNREADABLE.saying("The WebSocket handshake can't be read."),
    405: codes.METHOD_NOT_ALLOWED,
    414: codes.ADDRESS_TOO_LONG,
    426: codes.HANDSHAKE_NEEDED,
    431: codes.HEADERS_TOO_LARGE,
    500: codes.INTERNAL,
}


def of_handshake(status: int) -> Refusal:
    """What is said where the WebSocket library refuses a handshake with this status."""
    return Refusal(_HANDSHAKES.get(status, _HANDSHAKES[400]))
