"""Why the gateway closes a socket, in numbers a client can act on.

Besides these a client sees 1009 for a message that is too long and 1012 when the gateway
stops, both from RFC 6455's registry and both sent by the server below.
"""

from enum import IntEnum


class CloseCode(IntEnum):
    """The 4400s are ours; they follow the HTTP statuses they resemble."""

    TOO_MANY_FRAMES = 1008
    INTERNAL_ERROR = 1011
    TRY_AGAIN_LATER = 1013
    TOKEN_REFUSED = 4401
    KEY_NOT_ALLOWED = 4403
    USER_GONE = 4404
    AUTHENTICATION_TIMED_OUT = 4408
    TOO_SLOW = 4410
    NO_DEVICES = 4424
    TOO_MANY_STREAMS = 4429
