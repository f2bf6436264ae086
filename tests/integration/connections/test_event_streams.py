"""Event streams and the connections below them."""

import asyncio
import gc
import json
import socket
import weakref
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.frames import Opcode

from application.live.feed.outlet import Frame, StreamEnd
from entrypoints.http import event_stream
from entrypoints.serving.websocket import protocol as websocket_protocol

ESTABLISHED = 1
NO_TICKS_SECONDS = 3600.0


def state_of(connected: socket.socket) -> int:
    """What the kernel knows of a connection without reading from it."""
    return connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]


def streams_of(stage: Any) -> list[Any]:
    return [stream for one in stage.container.open_streams()._by_user.values() for stream in one]


async def stuck_reader(stage: Any, person: Any) -> socket.socket:
    """A client that asked for events and reads none."""
    where = urlsplit(stage.url)
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(reader, (where.hostname, where.port))
    await loop.sock_sendall(
        reader,
        b"GET /devices/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %b\r\n\r\n"
        % person.token.encode(),
    )
    await loop.sock_recv(reader, 100)
    return reader


async def fill(stage: Any) -> None:
    """Send so much that no buffer takes it."""
    instant = {"instant": "2026-03-01T12:00:00Z", "padding": "x" * 65_536}
    frame = Frame(json.dumps({"data": {"deviceListUsages": instant}}).encode())
    for _ in range(40):
        for stream in streams_of(stage):
            stream.outlet.put_frame(frame)
        for _ in range(3):
            await asyncio.sleep(0)


async def test_little_waits_for_a_reader_that_stays_stuck(stage, eventually) -> None:
    stage.container.feed.add_kwargs(tick_seconds=NO_TICKS_SECONDS)
    with await stuck_reader(stage, await stage.linked()):
        frame = Frame(b"x" * 4_000_000)
        lines = [stream.outlet.when_ended.__self__._line for stream in streams_of(stage)]
        for stream in streams_of(stage):
            stream.outlet.put_frame(frame)
        # The kernel takes its fill first; what waits from then on has to stay as little as it is.
        await eventually(lambda: all(line.transport.get_write_buffer_size() for line in lines))
        for _ in range(200):
            await asyncio.sleep(0)

        waiting = [line.transport.get_write_buffer_size() for line in lines]
        assert [0 < size < 32 * 1024 for size in waiting] == [True]


async def test_a_connection_that_has_ended_is_forgotten_at_once(
    stage, eventually, monkeypatch
) -> None:
    monkeypatch.setattr(event_stream, "FAREWELL_SECONDS", 3600.0)
    stage.container.feed.add_kwargs(tick_seconds=NO_TICKS_SECONDS)
    with await stuck_reader(stage, await stage.linked()):
        await fill(stage)
        [stream] = streams_of(stage)
        line = weakref.ref(stream.outlet.when_ended.__self__._line)
        stream.outlet.end(StreamEnd.TOKEN_INVALID)
        del stream

    gc.disable()
    try:
        await eventually(lambda: line() is None)
    finally:
        gc.enable()


async def test_a_reader_that_stays_stuck_loses_its_connection_with_its_place(
    stages, eventually
) -> None:
    async with stages(stream_stuck_timeout_seconds=0.2) as stage:
        stage.container.feed.add_kwargs(tick_seconds=NO_TICKS_SECONDS)
        with await stuck_reader(stage, await stage.linked()) as reader:
            await fill(stage)

            await eventually(lambda: not streams_of(stage) and state_of(reader) != ESTABLISHED)


@pytest.mark.parametrize("end", [StreamEnd.TOKEN_INVALID, StreamEnd.USER_GONE])
async def test_a_stuck_reader_whose_stream_ends_loses_its_connection(
    stage, monkeypatch, eventually, end
) -> None:
    monkeypatch.setattr(event_stream, "FAREWELL_SECONDS", 0.2)
    stage.container.feed.add_kwargs(tick_seconds=NO_TICKS_SECONDS)
    with await stuck_reader(stage, await stage.linked()) as reader:
        await fill(stage)
        for stream in streams_of(stage):
            stream.outlet.end(end)

        await eventually(lambda: not streams_of(stage) and state_of(reader) != ESTABLISHED)


async def test_asking_for_the_head_of_an_event_stream_opens_none(stage, open_streams) -> None:
    person = await stage.linked()

    async with asyncio.timeout(5):
        answer = await stage.client.head("/devices/stream", headers=person.bearer)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert open_streams(stage) == 0
    assert not stage.container.feeds()._feeds


async def test_the_head_of_an_event_stream_is_refused_as_the_stream_is(stage) -> None:
    person = await stage.sign_up()

    assert (await stage.client.head("/devices/stream")).status_code == 401
    assert (await stage.client.head("/devices/stream", headers=person.bearer)).status_code == 400


async def test_proxies_are_told_to_neither_hold_nor_change_events(stage, dial) -> None:
    person = await stage.linked()
    await stage.fault(kind="server_error")
    peer = await dial(stage)
    await peer.send(
        f"GET /devices/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {person.token}\r\n\r\n"
    )
    head = (await peer.reader.readuntil(b"\r\n\r\n")).lower()
    start = await peer.reader.readuntil(b" \n\n")

    assert b"\r\ncache-control: no-store, no-transform\r\n" in head
    assert b"\r\nx-accel-buffering: no\r\n" in head
    assert b"retry: 3000\n\n:" in start
    assert len(start) > 2_000


async def test_a_socket_without_frames_is_pinged_often_enough_for_proxies(
    stage, dial, monkeypatch
) -> None:
    monkeypatch.setattr(websocket_protocol, "QUIET_PING_SECONDS", 0.05)
    person = await stage.linked()
    await stage.fault(kind="server_error")
    peer = await (await dial(stage)).upgrade()
    await peer.authenticate(person)

    async with asyncio.timeout(5):
        for _ in range(3):
            ping = await peer.next_of(Opcode.PING)
            await peer.send_frames(type(ping)(Opcode.PONG, ping.data))
