"""How a conversation ends: a last word, and a number a client can act on."""

from application.live.outlet import StreamEnd
from domain.errors import AccessTokenInvalid, UserNotFound
from entrypoints.streams.close_codes import CloseCode


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
    StreamEnd.TOO_SLOW: (CloseCode.TOO_SLOW, None),
}


def goodbye_of(end: StreamEnd) -> Goodbye:
    """What a socket is told when its stream ends."""
    return Goodbye(*_ENDS[end])
