"""What is answered without the library is answered as the library would."""

import pytest

from entrypoints.serving.websocket.connection import WebSocketConnection, handshake_of
from entrypoints.serving.websocket.plain_handshake import accept_of, answer

KEY = b"dGhlIHNhbXBsZSBub25jZQ=="
PLAIN = {
    b"host": b"x",
    b"connection": b"Upgrade",
    b"upgrade": b"websocket",
    b"sec-websocket-key": KEY,
    b"sec-websocket-version": b"13",
}
Headers = list[tuple[bytes, bytes]]


def headers(**other: bytes) -> Headers:
    """A plain handshake's, with some in place of its own."""
    named = {name.replace("_", "-").encode(): value for name, value in other.items()}
    return [*{**PLAIN, **named}.items()]


PLAIN_ONES = {
    "as RFC 6455 has it": headers(),
    "a browser's": headers(
        connection=b"keep-alive, Upgrade",
        origin=b"https://example.com",
        sec_websocket_extensions=b"permessage-deflate; client_max_window_bits",
    ),
    "in capitals": headers(connection=b"UPGRADE", upgrade=b"WebSocket"),
}
OTHERS = {
    "no upgrade": headers(connection=b"close"),
    "to something else": headers(upgrade=b"h2c"),
    "no key": headers(sec_websocket_key=b""),
    "a short key": headers(sec_websocket_key=KEY[4:]),
    "a key that is none": headers(sec_websocket_key=b"?" * 24),
    "two keys": [*headers(), (b"sec-websocket-key", KEY)],
    "two origins": [*headers(origin=b"a"), (b"origin", b"b")],
    "another version": headers(sec_websocket_version=b"8"),
}


def of_library(asked: Headers) -> tuple[int, bytes]:
    """What the library answers, but for the date."""
    connection = WebSocketConnection(max_message_bytes=1000, deflates=False)
    response = connection.accept(handshake_of("GET", b"/", asked))
    response.headers.pop("Date", None)
    return response.status_code, response.serialize()


@pytest.mark.parametrize("asked", PLAIN_ONES.values(), ids=PLAIN_ONES)
def test_a_plain_handshake_is_answered_as_the_library_would(asked: Headers) -> None:
    accept = accept_of("GET", asked, negotiates=False)
    assert accept is not None
    assert of_library(asked) == (101, answer(accept, []))


def test_the_answer_carries_what_every_answer_carries() -> None:
    assert answer(b"proof", [(b"date", b"today")]).endswith(b"\r\ndate: today\r\n\r\n")


@pytest.mark.parametrize("asked", OTHERS.values(), ids=OTHERS)
def test_what_is_refused_is_left_to_the_library(asked: Headers) -> None:
    assert accept_of("GET", asked, negotiates=False) is None
    assert of_library(asked)[0] != 101


def test_another_method_is_left_to_the_library() -> None:
    assert accept_of("POST", headers(), negotiates=False) is None


def test_what_is_negotiated_is_left_to_the_library() -> None:
    assert accept_of("GET", headers(sec_websocket_protocol=b"a"), negotiates=False) is None
    assert accept_of("GET", headers(sec_websocket_extensions=b"a"), negotiates=True) is None
