"""Requests that are small to send and dear to read."""

from collections.abc import Mapping
from functools import partial

from benchmarks.attack.target import Attack, Target, at_once, json_request, request

AT_ONCE = 16
MOST_BYTES = 64_000

MARKS = "\u0315" * 16_300 + "\u0316" * 16_300
"""Combining marks in the wrong order: sorting them takes the square of their number."""


async def _ask_for_ever(data: bytes, target: Target) -> None:
    await at_once(AT_ONCE, partial(target.ask, data))


def _repeated(data: bytes) -> Attack:
    return partial(_ask_for_ever, data)


def _login(text: str) -> Attack:
    return _repeated(request("POST", "/login", body=text.encode()))


def _filled(text: str) -> str:
    return text * (MOST_BYTES // len(text))


def _credentials(path: str, *, email: str = "a@example.com", password: str = "x" * 10) -> Attack:
    return _repeated(json_request("POST", path, body={"email": email, "password": password}))


ATTACKS: Mapping[str, Attack] = {
    "password of combining marks, /login": _credentials("/login", password=MARKS),
    "password of combining marks, /signup": _credentials("/signup", password=MARKS),
    "email of combining marks, /login": _credentials("/login", email=MARKS),
    "email of combining marks, /signup": _credentials("/signup", email=MARKS),
    "JSON nested 64,000 deep": _login("[" * MOST_BYTES),
    "JSON nested 900 deep, many times": _login(f"[{_filled('[' * 900 + ']' * 900 + ',')}0]"),
    "a number of 64,000 digits": _login(f'{{"email":{"9" * MOST_BYTES}}}'),
    "many numbers of 4,000 digits": _login(f"[{_filled('9' * 4_000 + ',')}0]"),
    "the same key 10,000 times": _login(f'{{{_filled(chr(34) + "a" + chr(34) + ":1,")}"b":1}}'),
    "a body in chunks of one byte": _repeated(
        request("POST", "/login", "Transfer-Encoding: chunked")
        + b"1\r\n \r\n" * 10_900
        + b"0\r\n\r\n"
    ),
    "12,000 trailers": _repeated(
        request("POST", "/login", "Transfer-Encoding: chunked")
        + b"2\r\n{}\r\n0\r\n"
        + b"a:b\r\n" * 12_000
        + b"\r\n"
    ),
    "query of 32,000 brackets": _repeated(request("GET", f"/devices/instant?{_filled('a[')}")),
    "query of 16,000 parameters": _repeated(request("GET", f"/health/live?{_filled('a=b&')}")),
    "path of 32,000 escapes": _repeated(request("GET", _filled("/%"))),
    "64,000 commas in Accept-Encoding": _repeated(
        request("GET", "/", f"Accept-Encoding: {',' * MOST_BYTES}")
    ),
    "16,000 parameters in Content-Type": _repeated(
        request("POST", "/login", f"Content-Type: a/b{_filled(';a=b')}", body=b"{}")
    ),
    "64,000 bytes of token": _repeated(
        request("GET", "/me", f"Authorization: Bearer {'a' * MOST_BYTES}")
    ),
}
