"""Readers that do not keep up, on the wire and without it: they miss frames, and nobody else does.

Frames are put into the outlets by the test itself, as a feed does it, so that none depends on time.
"""

import asyncio
import itertools
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from resource import getpagesize
from typing import Any

import pytest
from websockets.frames import Close, Frame, Opcode

from application.live.feed.outlet import Frame as Encoded
from application.live.feed.outlet import StreamEnd, StreamNotice
from application.live.open_streams import OpenStream
from entrypoints.serving.websocket import protocol as wire
from entrypoints.serving.websocket.protocol import WireProtocol
from entrypoints.streams.close_codes import CloseCode
from entrypoints.websocket.wire_outlet import WireOutlet

FRAME_BYTES = 65_536
FRAMES = 150
SMALL_BUFFER_BYTES = 4096
NO_TICKS_SECONDS = 3600.0
FLOOD_BYTES = 12_000_000
GROWTH_BYTES = 6_000_000
both_paths = pytest.mark.parametrize("protocol", [WireProtocol, "websockets-sansio"])


def numbered(number: int) -> Encoded:
    """A large frame that a test knows again."""
    return Encoded(json.dumps({"number": number, "type": "x" * FRAME_BYTES}).encode())


def resident_bytes() -> int:
    """The memory this process takes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize()


def streams_of(stage: Any) -> list[OpenStream]:
    """Every stream the gateway knows of."""
    return [stream for one in stage.container.open_streams()._by_user.values() for stream in one]


def put(stage: Any, frame: Encoded) -> None:
    """What a feed does each second."""
    outlets = [stream.outlet for stream in streams_of(stage)]
    batches = {each.batch for each in outlets if isinstance(each, WireOutlet)}
    for batch in batches:
        assert batch is not None
        batch.put_frame(frame)
    for outlet in outlets:
        if not isinstance(outlet, WireOutlet):
            outlet.put_frame(frame)


async def number_of(raw: Any) -> int:
    number: int = json.loads((await raw.next_of(Opcode.TEXT)).data)["number"]
    return number


@pytest.fixture
def crowds(stages, doors):
    """A reader and a stuck one before a server of this protocol; keyword arguments are settings."""

    @asynccontextmanager
    async def crowd(protocol: Any, **settings: Any) -> AsyncIterator[tuple[Any, Any, Any]]:
        async with stages(**settings) as stage:
            stage.container.feed.add_kwargs(tick_seconds=NO_TICKS_SECONDS)
            person = await stage.linked()
            async with doors(stage, ws=protocol) as door:
                reader = await door.stream(person)
                await reader.hear("deviceData")
                stuck = await door.stream(person, receive_buffer_bytes=SMALL_BUFFER_BYTES)
                await stuck.hear("deviceData")
                yield door, reader, stuck

    return crowd


async def read_up_to(last: int, raw: Any) -> list[int]:
    """The numbers of the frames a socket reads, up to that one."""
    numbers = [await number_of(raw)]
    while numbers[-1] != last:
        numbers.append(await number_of(raw))
    return numbers


async def fill(door: Any, reader: Any, *, first: int = 0, last: int = 20) -> None:
    """Put frames that one reads and the other does not, until every buffer is full."""
    for number in range(first, last):
        put(door.stage, numbered(number))
        await number_of(reader)


async def keep_putting(stage: Any, frame: Encoded) -> None:
    while True:
        put(stage, frame)
        await asyncio.sleep(0)


@both_paths
async def test_a_stuck_reader_misses_frames_and_gets_the_newest_and_others_get_them_all(
    crowds, protocol
) -> None:
    async with crowds(protocol) as (door, reader, stuck):
        received = []
        for number in range(FRAMES):
            put(door.stage, numbered(number))
            received.append(await number_of(reader))

        going_on = asyncio.create_task(keep_putting(door.stage, numbered(FRAMES)))
        late, _ = await asyncio.gather(read_up_to(FRAMES, stuck), read_up_to(FRAMES, reader))
        going_on.cancel()

    assert received == list(range(FRAMES))
    assert late == sorted(set(late))
    assert len(late) < FRAMES // 2


async def test_a_stuck_reader_holds_one_frame_and_no_more(crowds) -> None:
    async with crowds(WireProtocol) as (door, reader, _):
        await fill(door, reader)
        held = resident_bytes()
        await fill(door, reader, first=20, last=4 * FRAMES)

        assert resident_bytes() - held < GROWTH_BYTES


async def test_a_stuck_reader_still_hears_that_polls_fail(crowds) -> None:
    async with crowds(WireProtocol) as (door, reader, stuck):
        await fill(door, reader)
        for stream in streams_of(door.stage):
            stream.outlet.put_notice(StreamNotice.POLLS_FAILING)

        assert (await stuck.hear("error"))["message"] == "Error fetching device data."


async def read_until_alone(door: Any, reader: Any) -> list[int]:
    """Put frames and read each, until the other stream has ended."""
    received: list[int] = []
    async with asyncio.timeout(10):
        while len(streams_of(door.stage)) > 1:
            put(door.stage, numbered(len(received)))
            received.append(await number_of(reader))
            await asyncio.sleep(0.01)
    return received


@both_paths
async def test_a_reader_that_stays_stuck_is_no_reader_any_more_and_others_miss_nothing(
    crowds, protocol
) -> None:
    async with crowds(protocol, stream_stuck_timeout_seconds=0.3) as (door, reader, _):
        received = await read_until_alone(door, reader)

    assert received == list(range(len(received)))


async def test_the_connection_of_a_reader_that_stays_stuck_is_cut(
    crowds, monkeypatch, eventually
) -> None:
    monkeypatch.setattr(wire, "HANG_UP_SECONDS", 0.2)
    async with crowds(WireProtocol, stream_stuck_timeout_seconds=0.3) as (door, reader, _):
        await read_until_alone(door, reader)

        await eventually(lambda: door.connections == 1)


@both_paths
async def test_a_stuck_reader_that_reads_again_is_told_that_it_was_too_slow(
    crowds, protocol, caplog
) -> None:
    async with crowds(protocol, stream_stuck_timeout_seconds=0.3) as (door, reader, stuck):
        await read_until_alone(door, reader)
        goodbye = await stuck.next_of(Opcode.CLOSE)

    assert Close.parse(goodbye.data).code == CloseCode.TOO_SLOW
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_stuck_reader_that_logs_out_is_gone_soon(crowds, monkeypatch, eventually) -> None:
    monkeypatch.setattr(wire, "HANG_UP_SECONDS", 0.2)
    async with crowds(WireProtocol) as (door, reader, _):
        await fill(door, reader)
        for stream in streams_of(door.stage):
            stream.outlet.end(StreamEnd.TOKEN_INVALID)

        await eventually(lambda: door.connections == 0)


async def test_a_stuck_reader_that_stops_sending_is_gone_soon(
    crowds, monkeypatch, eventually
) -> None:
    monkeypatch.setattr(wire, "HANG_UP_SECONDS", 0.2)
    async with crowds(WireProtocol) as (door, reader, stuck):
        await fill(door, reader)
        stuck.half_close()

        await eventually(lambda: (len(streams_of(door.stage)), door.connections) == (1, 1))


async def test_a_stuck_reader_that_answers_no_pings_is_gone_soon(
    stage, doors, monkeypatch, eventually, open_streams
) -> None:
    monkeypatch.setattr(wire, "HANG_UP_SECONDS", 0.2)
    stage.container.feed.add_kwargs(tick_seconds=NO_TICKS_SECONDS)
    person = await stage.linked()
    async with doors(stage, ws_ping_interval=1.0, ws_ping_timeout=1.0) as door:
        stuck = await door.stream(person, receive_buffer_bytes=SMALL_BUFFER_BYTES)
        await stuck.hear("deviceData")
        for number in range(20):
            put(stage, numbered(number))
            await asyncio.sleep(0)

        await eventually(lambda: (open_streams(), door.connections) == (0, 0))


async def test_pings_of_a_client_that_reads_no_pongs_fill_no_memory(crowds, eventually) -> None:
    ping = Frame(Opcode.PING, b"-" * 125).serialize(mask=True)
    segment = ping * 500
    async with crowds(WireProtocol) as (door, _, stuck):
        before = resident_bytes()
        with suppress(ConnectionError):
            for _ in range(FLOOD_BYTES // len(segment)):
                await stuck.send_bytes(segment)

        assert resident_bytes() - before < GROWTH_BYTES
        await eventually(lambda: door.connections == 1)


async def event_stream(door: Any, person: Any) -> Any:
    """A socket that asked for an event stream and has read its first chunks."""
    raw = await door.open(receive_buffer_bytes=SMALL_BUFFER_BYTES)
    await raw.send_bytes(
        b"GET /devices/stream HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n"
        b"Authorization: Bearer %b\r\n\r\n" % person.token.encode()
    )
    await raw.read_past(b"event: deviceData")
    return raw


@pytest.fixture
def event_readers(stages, doors):
    """A stuck reader of an event stream; keyword arguments are settings."""

    @asynccontextmanager
    async def event_reader(**settings: Any) -> AsyncIterator[tuple[Any, Any]]:
        async with stages(**settings) as stage:
            stage.container.feed.add_kwargs(tick_seconds=NO_TICKS_SECONDS)
            async with doors(stage) as door:
                yield door, await event_stream(door, await stage.linked())

    return event_reader


def sample(number: int) -> Encoded:
    """A large frame of which an event stream can tell the instant."""
    instant = {"instant": f"2026-03-01T12:00:00.{number:03}Z", "padding": "x" * FRAME_BYTES}
    return Encoded(json.dumps({"data": {"deviceListUsages": instant}}).encode())


async def test_a_stuck_reader_of_events_holds_little_and_gets_the_newest(event_readers) -> None:
    async with event_readers() as (door, stuck):
        before = resident_bytes()
        for number in range(4 * FRAMES):
            put(door.stage, sample(number))
            await asyncio.sleep(0)
        held = resident_bytes() - before

        await stuck.read_past(b"id: 2026-03-01T12:00:00.%03dZ" % (4 * FRAMES - 1))

    assert held < GROWTH_BYTES


async def test_a_reader_of_events_that_stays_stuck_is_no_reader_any_more(event_readers) -> None:
    async with event_readers(stream_stuck_timeout_seconds=0.3) as (door, stuck):
        async with asyncio.timeout(10):
            for number in itertools.cycle(range(999)):
                put(door.stage, sample(number))
                await asyncio.sleep(0.002)
                if not streams_of(door.stage):
                    break

        await stuck.read_past(b"\r\n0\r\n\r\n")


async def test_no_frame_follows_a_close_frame_in_the_same_step(crowds) -> None:
    async with crowds(WireProtocol) as (door, reader, _):
        put(door.stage, numbered(1))
        assert await number_of(reader) == 1
        outlets: list[Any] = [stream.outlet for stream in streams_of(door.stage)]
        assert any(outlet.is_ready for outlet in outlets)

        for outlet in outlets:
            outlet._wire.cut(CloseCode.TOO_SLOW)
        put(door.stage, numbered(2))

        assert (await reader.next_frame()).opcode is Opcode.CLOSE
        reader.half_close()
        assert await reader.rest() == []
