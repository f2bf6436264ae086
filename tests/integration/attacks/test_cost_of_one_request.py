"""No request of 64 kB holds the event loop for long, whatever is in it.

What is measured is the processor time of the loop's thread, from the first byte of the request
until the loop has nothing more to do for it.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from websockets.frames import Opcode

from tests.integration.attacks.worst_requests import (
    FILLED_BYTES,
    MOST_BYTES,
    documents,
    frame,
    frames,
    handshake,
    handshakes,
    headers,
    messages,
    passwords,
    paths,
    post,
    questions,
    request,
    tokens,
)

MARKS = "\u0315\u0316\u0344\u0345\u05b0\u0f71\u0f74"
"""Combining marks of several classes: normalization puts them in order."""

LETTERS = "\u0130\u1100\u1161\u11a8\ufb2c\ufdfa\U0001d160"
"""What comes apart, or together, when it is normalized or its case is folded."""

SYNTAX = "/%.&=[]{}()\"'\\,;:@+-_ 0e19"
"""What somebody who reads stops at."""

HEADERS = (
    "Accept",
    "Accept-Encoding",
    "Access-Control-Request-Headers",
    "Authorization",
    "Content-Type",
    "Cookie",
    "If-None-Match",
    "Origin",
    "Range",
    "X-Forwarded-For",
)

Blocks = list[tuple[str, int]]


def _blocks_of(alphabet: str) -> st.SearchStrategy[Blocks]:
    unit = st.text(st.sampled_from(alphabet), min_size=1, max_size=3)
    return st.lists(st.tuples(unit, st.integers(1, 4)), min_size=1, max_size=3)


blocks = st.one_of(
    [_blocks_of(text) for text in (MARKS, LETTERS, SYNTAX, MARKS + LETTERS + SYNTAX)]
)


def _filled(weighed: Blocks, size: int) -> bytes:
    """Each unit again and again, in blocks as long as their weights say."""
    whole = sum(weight for _, weight in weighed)
    sized = [(unit.encode(), size * weight // whole) for unit, weight in weighed]
    return b"".join(unit * (length // len(unit)) for unit, length in sized)


def _quoted(text: bytes) -> bytes:
    return b'"%b"' % text.replace(b"\\", b"/").replace(b'"', b"'")


def _credentials(path: str, email: bytes, password: bytes) -> bytes:
    return post(path, b'{"email":%b,"password":%b}' % (email, password))


def _in_header(method: str, path: bytes, name: str) -> Callable[[bytes], bytes]:
    body = b"{}" if method == "POST" else None
    return lambda text: request(method, path, b"%b: %b" % (name.encode(), text), body=body)


def _escaped(text: bytes) -> bytes:
    """As a URL carries it, or none would be one; cut before the server's own limit."""
    return text.replace(b" ", b"+").replace(b"#", b"+")[:FILLED_BYTES]


SHORT = b'"correct horse"'
EMAIL = b'"person000000@example.com"'
PLACES: Mapping[str, Callable[[bytes], bytes]] = {
    "password of a login": lambda text: _credentials("/login", EMAIL, _quoted(text)),
    "password of a sign-up": lambda text: _credentials("/signup", EMAIL, _quoted(text)),
    "email of a login": lambda text: _credentials("/login", _quoted(text), SHORT),
    "email of a sign-up": lambda text: _credentials("/signup", _quoted(text), SHORT),
    "value in a body": lambda text: _credentials("/login", EMAIL, text),
    "body": lambda text: post("/login", text),
    "path": lambda text: request("GET", b"/" + _escaped(text)),
    "query": lambda text: request("GET", b"/?" + _escaped(text)),
    "query of a user": lambda text: request("GET", b"/devices/instant?" + _escaped(text)),
    "token": lambda text: request("GET", b"/me", b"Authorization: Bearer " + text),
    **{f"{name} of the page": _in_header("GET", b"/", name) for name in HEADERS},
    **{f"{name} of a login": _in_header("POST", b"/login", name) for name in HEADERS},
}


@pytest.mark.parametrize("path", ["/login", "/signup"])
def test_no_email_and_no_password_holds_the_loop(measured: Any, path: str) -> None:
    assert _of_allowed_size(passwords(path))
    assert measured.costing_too_much(passwords(path)) == {}


@pytest.mark.parametrize("path", ["/login", "/signup"])
def test_no_body_holds_the_loop(measured: Any, path: str) -> None:
    assert _of_allowed_size(documents(path))
    assert measured.costing_too_much(documents(path)) == {}


@pytest.mark.parametrize("path", [b"/", b"/me", b"/nothing"])
def test_no_header_holds_the_loop(measured: Any, path: bytes) -> None:
    assert _of_allowed_size(headers(path))
    assert measured.costing_too_much(headers(path)) == {}


def test_no_path_and_no_query_holds_the_loop(measured: Any) -> None:
    assert _of_allowed_size(paths())
    assert measured.costing_too_much(paths()) == {}


def test_no_token_holds_the_loop(measured: Any) -> None:
    bearers = {
        name: request("GET", b"/me", b"Authorization: Bearer " + text)
        for name, text in tokens().items()
    }

    assert _of_allowed_size(bearers)
    assert measured.costing_too_much(bearers) == {}


def test_no_handshake_holds_the_loop(measured: Any) -> None:
    assert _of_allowed_size(handshakes())
    assert measured.costing_too_much(handshakes()) == {}


def test_no_message_of_a_stranger_holds_the_loop(measured: Any) -> None:
    assert measured.costing_too_much(messages(), opening=handshake()) == {}


def test_64_kb_of_tiny_frames_of_a_stranger_do_not_hold_the_loop(measured: Any) -> None:
    assert _of_allowed_size(frames())
    assert measured.costing_too_much(frames(), opening=handshake()) == {}


def test_no_question_of_a_user_that_is_refused_holds_the_loop(measured: Any) -> None:
    person = measured.run(measured.stage.linked())
    devices = measured.run(measured.stage.get("/devices", person)).json()["devices"]
    proof = b"Authorization: Bearer " + person.token.encode()
    asked = questions(devices[0]["deviceGid"], proof)

    assert _of_allowed_size(asked)
    assert measured.costing_too_much(asked) == {}


@settings(
    max_examples=200,
    phases=[Phase.generate],  # made simpler, a request would only be cheaper
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(place=st.sampled_from(list(PLACES)), drawn=blocks)
def test_nothing_that_a_stranger_may_ask_holds_the_loop(
    measured: Any, place: str, drawn: Blocks
) -> None:
    data = PLACES[place](_filled(drawn, FILLED_BYTES))

    assert measured.costing_too_much({place: data}) == {}


@settings(
    max_examples=50,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=blocks, key=st.sampled_from((b"type", b"token")))
def test_nothing_that_a_stranger_may_say_holds_the_loop(
    measured: Any, drawn: Blocks, key: bytes
) -> None:
    text = _filled(drawn, 15_000)
    said = {
        "as text": frame(Opcode.TEXT, b'{"type":"authenticate","%b":%b}' % (key, _quoted(text))),
        "as it is": frame(Opcode.TEXT, text),
    }

    assert measured.costing_too_much(said, opening=handshake()) == {}


def _of_allowed_size(requests: Mapping[str, bytes]) -> bool:
    return all(len(data) <= MOST_BYTES for data in requests.values())
