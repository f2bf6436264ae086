"""One frame for many sockets: who is ready is written to without a look."""

import logging
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import Frame, StreamEnd
from domain.emporia.links import AccountId
from entrypoints.websocket.wire_outlet import WireBatch, WireOutlet

FIRST, SECOND = Frame(b"1"), Frame(b"2")
FIRST_WIRE, SECOND_WIRE = b"\x81\x011", b"\x81\x012"


class Transport:
    """Notes what is written, and how often somebody looked; `unread` bytes wait for the reader."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.unread = self.looks = 0
        self.is_broken = self.is_full = False

    def is_closing(self) -> bool:
        self.looks += 1
        return False

    def get_write_buffer_size(self) -> int:
        self.looks += 1
        return self.unread

    def write(self, wire: bytes) -> None:
        if self.is_broken:
            raise RuntimeError("closed")
        self.written.append(wire)
        self.unread += self.is_full


Join = Callable[[], tuple[WireOutlet, Transport]]


@pytest.fixture
def batch() -> WireBatch:
    return WireBatch(AccountId(7))


@pytest.fixture
def join(batch: WireBatch) -> Join:
    def joined() -> tuple[WireOutlet, Transport]:
        transport = Transport()
        wire: Any = SimpleNamespace(
            connection=SimpleNamespace(is_open=True), transport=transport, welcome=lambda _: None
        )
        outlet = WireOutlet(wire, lambda _: None, patience_seconds=3600)
        outlet.begin()
        batch.add(outlet)
        return outlet, transport

    return joined


def test_everybody_gets_every_frame_and_nobody_is_looked_at_twice(
    batch: WireBatch, join: Join
) -> None:
    transports = [join()[1] for _ in range(3)]
    batch.put_frame(FIRST)
    looks = [each.looks for each in transports]
    batch.put_frame(SECOND)
    assert [each.written for each in transports] == [[FIRST_WIRE, SECOND_WIRE]] * 3
    assert [each.looks for each in transports] == looks


async def test_who_holds_bytes_gets_no_frame_until_they_are_gone(
    batch: WireBatch, join: Join
) -> None:
    (slow, held), (_, other) = join(), join()
    batch.put_frame(FIRST)
    held.unread = 1
    slow.look_again()
    batch.put_frame(SECOND)
    assert (held.written, SECOND.missed) == ([FIRST_WIRE], 1)
    held.unread = 0
    batch.put_frame(SECOND)
    assert held.written == [FIRST_WIRE, SECOND_WIRE]
    assert other.written == [FIRST_WIRE, SECOND_WIRE, SECOND_WIRE]


def test_a_frame_that_did_not_go_out_whole_leaves_nobody_ready(
    batch: WireBatch, join: Join
) -> None:
    outlet, transport = join()
    transport.is_full = True
    batch.put_frame(FIRST)
    assert not outlet.is_ready


def test_who_has_ended_or_left_gets_nothing_more(batch: WireBatch, join: Join) -> None:
    (ended, first), (left, second) = join(), join()
    batch.put_frame(FIRST)
    ended.end(StreamEnd.USER_GONE)
    batch.discard(left)
    batch.put_frame(SECOND)
    assert (first.written, second.written) == ([FIRST_WIRE], [FIRST_WIRE])
    assert batch.everybody == (ended,)


def test_who_goes_over_to_another_batch_is_told_of_there(batch: WireBatch, join: Join) -> None:
    outlet, transport = join()
    batch.put_frame(FIRST)
    other = WireBatch(AccountId(8))
    batch.discard(outlet)
    other.add(outlet)
    other.put_frame(SECOND)
    batch.put_frame(SECOND)
    assert transport.written == [FIRST_WIRE, SECOND_WIRE]
    outlet.end(StreamEnd.NO_DEVICES)
    other.put_frame(SECOND)
    assert transport.written == [FIRST_WIRE, SECOND_WIRE]


def test_one_that_breaks_is_logged_and_stops_nobody(
    batch: WireBatch, join: Join, caplog: pytest.LogCaptureFixture
) -> None:
    (_, broken), (_, other) = join(), join()
    batch.put_frame(FIRST)
    broken.is_broken = True
    with caplog.at_level(logging.ERROR):
        batch.put_frame(SECOND)
    assert other.written == [FIRST_WIRE, SECOND_WIRE]
    assert [each.getMessage() for each in caplog.records] == ["a stream of account 7 broke"]


async def test_an_outlet_of_another_kind_is_served_too(batch: WireBatch) -> None:
    mailbox = Mailbox()
    batch.add(mailbox)
    batch.put_frame(FIRST)
    assert await mailbox.take() is FIRST
