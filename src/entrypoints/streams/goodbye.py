"""How a conversation ends: a last word, and a number a client can act on."""

from application.live.feed.outlet import StreamEnd
from domain.accounts.errors import KeyNotAllowed
from domain.emporia.errors import LeaseLost
from domain.errors import (
    AccessTokenInvalid,
    BudgetSpent,
    DomainError,
    EmporiaError,
    StorageBusy,
    StorageUnavailable,
    TooManyStreams,
    UserNotFound,
)
from entrypoints.failures import codes
from entrypoints.failures.failure import Failure
from entrypoints.streams.close_codes import CloseCode

NO_TOKEN = codes.TOKEN_MISSING.saying("Authentication token missing.")


class Goodbye(Exception):
    """The socket is to be closed, after a last word where there is one."""

    def __init__(self, code: CloseCode, failure: Failure | None = None) -> None:
        super().__init__(failure)
        self.code = code
        self.failure = failure


_ENDS = {
    StreamEnd.TOKEN_INVALID: (CloseCode.TOKEN_REFUSED, codes.failure_of(AccessTokenInvalid)),
    StreamEnd.USER_GONE: (CloseCode.USER_GONE, codes.failure_of(UserNotFound)),
    StreamEnd.NO_DEVICES: (CloseCode.NO_DEVICES, codes.NO_DEVICES),
    StreamEnd.LINK_DEAD: (CloseCode.NO_DEVICES, codes.LINK_DEAD),
    StreamEnd.TOO_SLOW: (CloseCode.TOO_SLOW, None),
    StreamEnd.OUT_OF_TOUCH: (CloseCode.TRY_AGAIN_LATER, codes.failure_of(StorageUnavailable)),
}


def goodbye_of(end: StreamEnd) -> Goodbye:
    """What a socket is told when its stream ends."""
    return Goodbye(*_ENDS[end])


_REFUSED: dict[type[DomainError], CloseCode] = {
    AccessTokenInvalid: CloseCode.TOKEN_REFUSED,
    KeyNotAllowed: CloseCode.KEY_NOT_ALLOWED,
    UserNotFound: CloseCode.USER_GONE,
    TooManyStreams: CloseCode.TOO_MANY_STREAMS,
    StorageBusy: CloseCode.TRY_AGAIN_LATER,
    StorageUnavailable: CloseCode.TRY_AGAIN_LATER,
    LeaseLost: CloseCode.TRY_AGAIN_LATER,
}
REFUSALS = tuple(_REFUSED)
"""What ends a conversation: a token is not taken, or whose it is can't be read."""

OUTAGE = (BudgetSpent, EmporiaError, StorageUnavailable)
"""What a poll fails at while the conversation goes on."""


def goodbye_for(refusal: DomainError) -> Goodbye:
    """What a socket is told when its conversation ends for one of REFUSALS."""
    return Goodbye(_REFUSED[type(refusal)], codes.failure_of(refusal))
