"""What an outlet writes straight to a transport, and when it keeps silent."""

from types import SimpleNamespace
from typing import Any

import pytest

from application.live.feed.outlet import Frame, StreamEnd, StreamNotice
from entrypoints.streams.messages import notice_frame
from entrypoints.websocket.wire_outlet import WireOutlet, on_the_wire

FRAME = Frame(b"text")
ON_THE_WIRE = b"\x81\x04text"


class Transport:
    """Notes what is written; `unread` bytes wait for the reader."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.unread = 0
        self.closing = False

    def is_closing(self) -> bool:
        return self.closing

    def get_write_buffer_size(self) -> int:
        return self.unread

    def write(self, wire: bytes) -> None:
        if self.closing:
            raise RuntimeError("as uvloop says of a closed transport")
        self.written.append(wire)


@pytest.fixture
def wire() -> Any:
    return SimpleNamespace(
        connection=SimpleNamespace(is_open=True),
        transport=Transport(),
        welcome=lambda _: None,
    )


@pytest.fixture
def ends() -> list[StreamEnd]:
    return []


@pytest.fixture
def outlet(wire: Any, ends: list[StreamEnd]) -> WireOutlet:
    outlet = WireOutlet(wire, ends.append, patience_seconds=3600)
    outlet.begin()
    return outlet


def test_a_frame_is_wrapped_once_for_all_sockets(outlet: WireOutlet, wire: Any) -> None:
    outlet.put_frame(FRAME)
    outlet.put_frame(FRAME)
    assert wire.transport.written == [ON_THE_WIRE, ON_THE_WIRE]
    assert wire.transport.written[0] is wire.transport.written[1]


async def test_a_reader_with_unread_bytes_gets_no_frame_but_is_told_of_an_outage(
    outlet: WireOutlet, wire: Any
) -> None:
    wire.transport.unread = 1
    outlet.put_frame(FRAME)
    outlet.put_notice(StreamNotice.POLLS_FAILING)
    assert wire.transport.written == [
        on_the_wire(notice_frame(StreamNotice.POLLS_FAILING, coded=False))
    ]


def test_an_outage_is_told_with_its_code_to_whoever_asked_for_codes(
    outlet: WireOutlet, wire: Any
) -> None:
    outlet.tell_codes()
    outlet.put_notice(StreamNotice.POLLS_FAILING)
    assert wire.transport.written[0][2:] == (
        b'{"type":"error","message":"Error fetching device data.","code":"polls_failing"}'
    )


def test_nothing_is_written_after_a_close_frame(outlet: WireOutlet, wire: Any) -> None:
    wire.connection.is_open = False
    outlet.put_frame(FRAME)
    outlet.put_notice(StreamNotice.POLLS_FAILING)
    assert wire.transport.written == []


def test_nothing_is_written_to_a_connection_that_broke(outlet: WireOutlet, wire: Any) -> None:
    wire.transport.closing = True
    outlet.put_frame(FRAME)
    outlet.put_notice(StreamNotice.POLLS_FAILING)
    assert wire.transport.written == []


def test_nothing_is_written_before_the_client_is_welcome(wire: Any, ends: list[StreamEnd]) -> None:
    WireOutlet(wire, ends.append, patience_seconds=1).put_frame(FRAME)
    assert wire.transport.written == []


def test_the_first_end_stands_and_is_the_last_thing_heard(
    outlet: WireOutlet, wire: Any, ends: list[StreamEnd]
) -> None:
    outlet.end(StreamEnd.USER_GONE)
    outlet.end(StreamEnd.NO_DEVICES)
    outlet.put_frame(FRAME)
    assert (ends, outlet.has_ended, wire.transport.written) == ([StreamEnd.USER_GONE], True, [])


async def test_a_reader_that_never_reads_is_let_go(wire: Any, ends: list[StreamEnd]) -> None:
    outlet = WireOutlet(wire, ends.append, patience_seconds=0)
    outlet.begin()
    wire.transport.unread = 1
    outlet.put_frame(FRAME)
    outlet.put_frame(FRAME)
    assert ends == [StreamEnd.TOO_SLOW]
