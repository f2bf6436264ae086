"""WebSocket handshakes that the library refuses: each has to be answered, and closed."""

from collections.abc import Mapping
from functools import partial

from benchmarks.attack.frames import HANDSHAKE
from benchmarks.attack.target import Attack, Target, at_once

AT_ONCE = 500


async def _refused(handshake: bytes, target: Target) -> None:
    await at_once(AT_ONCE, partial(target.ask, handshake))


def _with_headers(*lines: bytes) -> Attack:
    return partial(_refused, HANDSHAKE.removesuffix(b"\r\n") + b"\r\n".join((*lines, b"", b"")))


ATTACKS: Mapping[str, Attack] = {
    "handshake with a header of 20 kB": _with_headers(b"X: " + b"a" * 20_000),
    "handshake with 300 headers": _with_headers(*[b"X: a"] * 300),
    "handshake by POST": partial(_refused, HANDSHAKE.replace(b"GET", b"POST", 1)),
    "handshake with a body": partial(
        _refused, HANDSHAKE.removesuffix(b"\r\n") + b"Content-Length: 5\r\n\r\nhello"
    ),
    "handshake with a URL of 9 kB": partial(
        _refused, HANDSHAKE.replace(b" / ", b" /?" + b"a" * 9_000 + b" ", 1)
    ),
}
