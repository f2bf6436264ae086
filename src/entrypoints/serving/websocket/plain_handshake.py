"""The handshake that browsers and libraries send, answered without a library.

It is nearly every one there is, and to negotiate nothing costs the library a fifth of what taking
in a socket costs. Whatever is unusual, or wrong, is left to the library.
"""

import base64
import binascii
from collections.abc import Sequence
from hashlib import sha1

RawHeaders = Sequence[tuple[bytes, bytes]]

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
"""What RFC 6455 has a server add to the key of the handshake."""

KEY_BYTES = 16
ANSWER = (
    b"HTTP/1.1 101 Switching Protocols\r\n"
    b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %b\r\n%b\r\n"
)

WANTED = {
    b"connection": frozenset({b"upgrade", b"keep-alive, upgrade"}),
    b"upgrade": frozenset({b"websocket"}),
    b"sec-websocket-version": frozenset({b"13"}),
}
NEGOTIATED = frozenset({b"sec-websocket-protocol", b"sec-websocket-extensions"})
ONLY_ONCE = frozenset({*WANTED, b"sec-websocket-key", b"origin"})


def accept_of(method: str, headers: RawHeaders, *, negotiates: bool) -> bytes | None:
    """The proof that the handshake was understood; None for one that is not plain.

    Names of headers are in small letters. Extensions are passed over unless the server negotiates.
    """
    told: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in ONLY_ONCE:
            if name in told:
                return None
            told[name] = value
        elif name in NEGOTIATED and (negotiates or name == b"sec-websocket-protocol"):
            return None
    if method != "GET" or any(told.get(each, b"").lower() not in WANTED[each] for each in WANTED):
        return None
    key = told.get(b"sec-websocket-key", b"")
    return _proof(key) if _is_key(key) else None


def answer(accept: bytes, headers: RawHeaders) -> bytes:
    """The answer that takes the connection over to WebSocket, with these headers too."""
    lines = b"".join(b"%b: %b\r\n" % header for header in headers)
    return ANSWER % (accept, lines)


def _is_key(key: bytes) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == KEY_BYTES
    except binascii.Error:
        return False


def _proof(key: bytes) -> bytes:
    digest = sha1(key + GUID, usedforsecurity=False).digest()
    return base64.b64encode(digest)
