"""What the head of a request has to say, so that nobody on the way reads it otherwise than we do.

A proxy and a server that differ about the host or about where a body ends can be told different
requests by the same bytes: RFC 9112, sections 3.2, 6.1 and 11.2.
"""

import re
from collections.abc import Iterable

from entrypoints.serving import refusals
from entrypoints.serving.refusals import Refusal

JUDGED = frozenset({b"host", b"transfer-encoding", b"content-length", b"upgrade"})

HOST = re.compile(
    rb"(\[[0-9A-Fa-f:.]+(%25[\w.~-]+)?\]|([\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+)(:[0-9]{0,5})?"
)
"""A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port: RFC 3986, 3.2.2."""


def refusal_of(headers: Iterable[tuple[bytes, bytes]], *, version: str) -> Refusal | None:
    """Why a request with this head is not served; None for a good one. Names are in small letters.

    HTTP/1.0 need not name a host, and knows neither transfer codings nor upgrades.
    """
    is_old = version == "1.0"
    told: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        if name in JUDGED:
            told.setdefault(name, []).append(value)
    hosts = told.get(b"host", [])
    if len(hosts) != 1 and (hosts or not is_old):
        return refusals.HOST_NOT_ONE
    if hosts and not HOST.fullmatch(hosts[0].strip(b" \t")):
        return refusals.HOST_INVALID
    if is_old and any(value.strip().lower() == b"websocket" for value in told.get(b"upgrade", ())):
        return refusals.WRONG_HTTP_VERSION
    codings = told.get(b"transfer-encoding")
    return _refusal_of_codings(codings, is_clear=not (is_old or b"content-length" in told))


def _refusal_of_codings(lines: list[bytes] | None, *, is_clear: bool) -> Refusal | None:
    """Why a body in these codings is not read; `is_clear` where chunks alone can be meant."""
    if lines is None:
        return None
    codings = [coding.strip(b" \t").lower() for coding in b",".join(lines).split(b",")]
    if not is_clear or codings.count(b"chunked") != 1 or codings[-1] != b"chunked":
        return refusals.BODY_UNCLEAR
    return None if codings == [b"chunked"] else refusals.TRANSFER_CODING_UNKNOWN
