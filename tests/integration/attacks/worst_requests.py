"""Requests of at most 64 kB that ask for much work, by name: what is known to be the worst."""

import base64
import json
from collections.abc import Mapping

from websockets.frames import Frame, Opcode

MOST_BYTES = 65_536
FILLED_BYTES = 64_000

EMAIL = "person000000@example.com"
"""Another person each time it is sent: the digits are replaced."""

MARKS = "\u0315" * 16_200 + "\u0316" * 16_200
"""Combining marks in the wrong order; putting them right costs the square of their number."""

HANDSHAKE_LINES = (
    b"Connection: Upgrade",
    b"Upgrade: websocket",
    b"Sec-WebSocket-Version: 13",
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
)

Requests = Mapping[str, bytes]


def request(method: str, path: bytes, *lines: bytes, body: bytes | None = None) -> bytes:
    """A request as bytes; `lines` are its headers."""
    first = b"%b %b HTTP/1.1" % (method.encode(), path)
    head = [first, b"Host: gateway", *lines]
    if body is not None:
        head.append(b"Content-Length: %d" % len(body))
    if not any(line.lower().startswith(b"connection:") for line in lines):
        head.append(b"Connection: close")
    return b"\r\n".join((*head, b"", b"")) + (body or b"")


def filled(unit: bytes, size: int = FILLED_BYTES) -> bytes:
    """The unit, as often as it fits."""
    return unit * (size // len(unit))


def post(path: str, body: bytes) -> bytes:
    """A POST of what claims to be JSON."""
    return request("POST", path.encode(), body=body)


def credentials(path: str, **fields: str) -> bytes:
    """A POST of an email and a password, every character in its own UTF-8."""
    document = {"email": EMAIL, "password": "correct horse", **fields}
    return post(path, json.dumps(document, ensure_ascii=False).encode())


def handshake(*lines: bytes, method: str = "GET", path: bytes = b"/") -> bytes:
    """A request to become a WebSocket."""
    return request(method, path, *HANDSHAKE_LINES, *lines)


def frame(opcode: Opcode, data: bytes = b"", *, final: bool = True) -> bytes:
    """One frame of a client."""
    return Frame(opcode, data, fin=final).serialize(mask=True)


def token(header: bytes, payload: bytes = b"{}") -> bytes:
    """What looks like a signed token; it is not."""
    return b".".join(map(_base64, (header, payload, b"s" * 32)))


def _base64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def passwords(path: str) -> Requests:
    """Texts in place of an email or a password."""
    return {
        "marks in two blocks": credentials(path, password=MARKS),
        "marks in turn": credentials(path, password="\u0316\u0315" * 16_300),
        "marks of three classes": credentials(path, password="\u0f74\u0f72\u0f71" * 7_000),
        "marks that come apart": credentials(path, password="\u0344" * 30_000),
        "syllables to compose": credentials(path, password="\u1100\u1161\u11a8" * 7_000),
        "ligatures": credentials(path, password="\ufdfa" * 21_000),
        "plain text": credentials(path, password="x" * FILLED_BYTES),
        "half surrogates": post(
            path, b'{"email":"a@b.cd","password":"%b"}' % filled(rb"\ud800", 60_000)
        ),
        "marks in the email": credentials(path, email=MARKS),
        "marks in an email of fair length": credentials(
            path, email="\u0315" * 120 + "\u0316" * 120 + "@b.cd"
        ),
        "spaces around the email": credentials(path, email=f"{' ' * 30_000}a@b.cd{' ' * 30_000}"),
        "dots in the email": credentials(path, email=f"a@{'.' * 240}@"),
    }


def documents(path: str) -> Requests:
    """JSON of every dear kind."""
    float_digits = b"1" + b"2" * 780 + b"e-300,"
    return {
        "open brackets": post(path, filled(b"[")),
        "open objects": post(path, filled(b'{"a":')),
        "many nested lists": post(path, b"[%b0]" % filled(b"[" * 900 + b"]" * 900 + b",")),
        "one long number": post(path, b'{"email":%b}' % filled(b"9")),
        "one long fraction": post(path, b'{"email":%be-64000}' % filled(b"9", 63_000)),
        "many long numbers": post(path, b"[%b0]" % filled(b"9" * 4_299 + b",")),
        "many long fractions": post(path, b"[%b0]" % filled(float_digits)),
        "one key again and again": post(path, b'{%b"b":1}' % filled(b'"a":1,')),
        "many keys": post(path, json.dumps(dict.fromkeys(map(str, range(6_000)), 0)).encode()),
        "many empty objects": post(path, b'{"email":[%b0]}' % filled(b"{},")),
        "many empty texts": post(path, b'{"email":[%b0]}' % filled(b'"",')),
        "spaces": post(path, filled(b" ") + b"{}"),
        "chunks of one byte": request("POST", path.encode(), b"Transfer-Encoding: chunked")
        + filled(b"1\r\n \r\n")
        + b"0\r\n\r\n",
        "trailers": request("POST", path.encode(), b"Transfer-Encoding: chunked")
        + b"2\r\n{}\r\n0\r\n%b\r\n" % filled(b"a:b\r\n"),
    }


_LISTS = {name: filled(unit) for name, unit in {"commas": b",", "items": b"a;q=1,"}.items()}
_LONG_NUMBERS = {
    "a long weight": b"br;q=" + filled(b"9") + b"e-64000",
    "many long weights": filled(b"q;q=0." + b"7" * 900 + b","),
}
_FORWARDED = {
    "commas": filled(b","),
    "trusted proxies": filled(b"127.0.0.1,"),
    "IPv6": filled(b"::ffff:127.0.0.1,"),
    "digits": filled(b"1,"),
}
_TYPES = {
    "semicolons": b"a/b" + filled(b";"),
    "parameters": b"a/b" + filled(b";a=b"),
    "quotes": b'a/b;a="' + filled(rb"\""),
    "semicolons in quotes": b'a/b; a="' + filled(b"a;"),
    "continuations": b"a/b" + filled(b";a*0=b"),
    "spaces": filled(b" ") + b"x",
}
HEADERS: Mapping[bytes, Mapping[str, bytes]] = {
    b"Accept": _LISTS,
    b"Accept-Encoding": {**_LISTS, **_LONG_NUMBERS},
    b"If-None-Match": {"quotes": filled(b'"')},
    b"Cookie": {"pairs": filled(b"a=b;"), "semicolons": filled(b";")},
    b"Origin": {"a long name": b"http://" + filled(b"a")},
    b"X-Forwarded-For": _FORWARDED,
    b"X-Forwarded-Host": {"commas": filled(b",")},
    b"X-Forwarded-Proto": {"commas": filled(b",")},
    b"X": {"a long value": filled(b"a")},
}
"""Values of headers that somebody reads; the first level is the header's name."""


def headers(path: bytes) -> Requests:
    """Headers of every dear kind, and very many of them."""
    values = {
        f"{name.decode()}: {kind}": request("GET", path, b"%b: %b" % (name, value))
        for name, kinds in HEADERS.items()
        for kind, value in kinds.items()
    }
    many = {
        "many headers": request("GET", path, *[b"a:b"] * 12_500),
        "many empty headers": request("GET", path, *[b"a:"] * 15_800),
    }
    types = {
        f"Content-Type: {kind}": request("POST", b"/login", b"Content-Type: " + value, body=b"{}")
        for kind, value in _TYPES.items()
    }
    return {**values, **many, **types}


def paths() -> Requests:
    """Paths and queries of every dear kind."""
    units = (
        b"/",
        b"/a",
        b"%",
        b"/%",
        b"/%2f",
        b"/%c3",
        b"%41",
        b"/..",
        b"/./",
        b"/{}",
        b"/;a",
        b"a",
    )
    ways = {f"path of {unit.decode()}": b"/" + filled(unit) for unit in units}
    ways["asset"] = b"/assets/" + filled(b"%41")
    ways["gid of many digits"] = b"/devices/" + filled(b"1") + b"/history"
    queries = (b"a=b&", b"&", b"a[", b"a%5B", b"&a[]", b"&a[0]", b"%41", b"a=%41&")
    for query in queries:
        for path in (b"/", b"/devices/instant"):
            name = f"{path.decode()} with a query of {query.decode()}"
            ways[name] = path + b"?" + filled(query)
    ways["a bracket and digits"] = b"/devices/instant?a[" + filled(b"0")
    return {name: request("GET", path) for name, path in ways.items()}


def tokens() -> Mapping[str, bytes]:
    """What claims to be an access token, 46 kB before it is encoded."""
    start = b'{"alg":"HS256","x":'
    size = 46_000
    return {
        "letters": filled(b"a"),
        "dots": filled(b"."),
        "signed": token(b'{"alg":"HS256"}', b"x" * size),
        "open brackets": token(start + filled(b"[", size)),
        "closed brackets": token(start + b"[" * 20_000 + b"]" * 20_000 + b"}"),
        "a long number": token(start + filled(b"9", size) + b"}"),
        "long numbers": token(start + b"[%b0]}" % filled(b"9" * 4_299 + b",", size)),
        "a long fraction": token(start + b"%be-45000}" % filled(b"9", size)),
        "many keys": token(
            json.dumps({"alg": "HS256", **dict.fromkeys(map(str, range(4_000)), 0)}).encode()
        ),
        "a long algorithm": token(b'{"alg":"%b"}' % filled(b"H", size)),
        "what must be understood": token(
            b'{"alg":"HS256","crit":[%b"b64"]}' % filled(b'"b64",', size)
        ),
    }


def handshakes() -> Requests:
    """Handshakes of every dear kind; each line of a header is as long as the library takes."""
    line = 8_000
    return {
        "subprotocols": handshake(*[b"Sec-WebSocket-Protocol: " + filled(b"a,", line)] * 7),
        "extensions": handshake(*[b"Sec-WebSocket-Extensions: " + filled(b"a,", line)] * 7),
        "parameters": handshake(*[b"Sec-WebSocket-Extensions: a" + filled(b";b", line)] * 7),
        "upgrades": handshake(*[b"Upgrade: " + filled(b"a,", line)] * 7),
        "connections": handshake(*[b"Connection: " + filled(b"upgrade,", line)] * 7),
        "a header of 60 kB": handshake(b"X: " + filled(b"a", 60_000)),
        "10,000 headers": handshake(*[b"a:b"] * 10_000),
        "by POST": handshake(method="POST"),
        "with a body": handshake(b"Content-Length: 5") + b"hello",
        "a path of 60 kB": handshake(path=b"/" + filled(b"a", 60_000)),
    }


def frames() -> Mapping[str, bytes]:
    """64 kB of tiny frames in one segment."""
    opened = frame(Opcode.TEXT, b"a", final=False)
    return {
        "pings": filled(frame(Opcode.PING)),
        "pongs": filled(frame(Opcode.PONG)),
        "empty texts": filled(frame(Opcode.TEXT)),
        "empty binary": filled(frame(Opcode.BINARY)),
        "empty continuations": opened + filled(frame(Opcode.CONT, final=False)),
        "fragments of one byte": opened + filled(frame(Opcode.CONT, b"a", final=False)),
        "small messages": filled(frame(Opcode.TEXT, b"{}")),
        "nothing but ones": filled(b"\xff"),
    }


def messages() -> Mapping[str, bytes]:
    """Single messages, as long as a gateway takes them."""
    size = 15_000
    values = {
        "open brackets": filled(b"[", size),
        "closed brackets": b"[" * 900 + b"]" * 900,
        "a long number": filled(b"9", size),
        "a long fraction": filled(b"9", size) + b"e-15000",
        "many empty objects": b"[%b0]" % filled(b"{},", size),
        "marks": b'"%b"' % ("\u0315" * 3_500 + "\u0316" * 3_500).encode(),
    }
    return {
        f"{field}: {name}": frame(Opcode.TEXT, b'{"type":%b}' % form.replace(b"*", value))
        for field, form in {"type": b"*", "token": b'"authenticate","token":*'}.items()
        for name, value in values.items()
    }


def questions(gid: int, proof: bytes) -> Requests:
    """What a user may ask; `proof` is the header with the token."""
    size = 63_000
    history = b"/devices/%d/history?energyUnit=KilowattHours" % gid
    day = b"&scale=1H&start=2026-03-01&end=2026-03-02"
    instant = b"/devices/instant?instant=2026-03-01T12:00:00Z&scale=1MIN&energyUnit=KilowattHours"
    gids = b",".join(b"%d" % number for number in range(1, 12_000))
    asked = {
        f"two centuries of {scale}": history
        + b"&channels=1,2,3&start=1970-01-01&end=2099-12-31&scale="
        + scale.encode()
        for scale in ("1S", "1MIN", "15MIN", "1H")
    } | {
        "many channels": history + day + b"&channels=" + filled(b"1,", size),
        "channels again and again": history + day + filled(b"&channels=1", size),
        "one device many times": instant + b"&devices=" + filled(b"1,", size),
        "many devices": instant + b"&devices=" + gids,
        "devices again and again": instant + filled(b"&devices=1", size),
        "devices with brackets": instant + filled(b"&devices[]=1", size),
        "brackets": instant + filled(b"&a[]", size),
        "a long scale": instant + filled(b"1", size),
        "a long instant": instant.replace(b":00Z", b":00." + filled(b"1", size)),
    }
    forms: Mapping[str, tuple[str, bytes, Mapping[str, str]]] = {
        "marks as proof": ("DELETE", b"/me", {"password": MARKS}),
        "marks as Emporia's name": (
            "POST",
            b"/emporia-auth",
            {"emporiaUsername": MARKS, "emporiaPassword": "x"},
        ),
        "marks as Emporia's password": (
            "POST",
            b"/emporia-auth",
            {"emporiaUsername": "x", "emporiaPassword": MARKS},
        ),
    }
    sent = {name: request("GET", path, proof) for name, path in asked.items()}
    for name, (method, path, form) in forms.items():
        body = json.dumps(form, ensure_ascii=False).encode()
        sent[name] = request(method, path, proof, body=body)
    return sent
