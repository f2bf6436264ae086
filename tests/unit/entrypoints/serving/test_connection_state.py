"""Whoever writes frames without a look is told of whatever ends a connection."""

from collections.abc import Callable

import pytest
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import State

from entrypoints.serving.websocket.connection import WebSocketConnection

MASK = b"\0\0\0\0"
GOODBYE = Close(1000, "").serialize()
CLIENT_CLOSES = b"\x88" + bytes([0x80 | len(GOODBYE)]) + MASK + GOODBYE
UNMASKED = Frame(Opcode.TEXT, b"text").serialize(mask=False)


def connection() -> WebSocketConnection:
    """One whose handshake is over."""
    made = WebSocketConnection(max_message_bytes=1_000, deflates=False)
    made.expect_frames()
    made.state = State.OPEN
    return made


def test_it_is_not_open_before_the_handshake() -> None:
    assert not WebSocketConnection(max_message_bytes=1_000, deflates=False).is_open
    assert connection().is_open


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param(lambda it: it.send_close(1000), id="we close"),
        pytest.param(lambda it: it.fail(1011), id="we give up"),
        pytest.param(lambda it: it.receive_data(CLIENT_CLOSES), id="the client closes"),
        pytest.param(lambda it: it.receive_data(UNMASKED), id="the client breaks the protocol"),
        pytest.param(lambda it: it.receive_eof(), id="the client is gone"),
    ],
)
def test_the_end_is_told_whoever_brings_it(ends: Callable[[WebSocketConnection], None]) -> None:
    ended = connection()
    told: list[bool] = []
    ended.on_end = lambda: told.append(ended.is_open)
    ends(ended)
    assert told
    assert not any(told)
