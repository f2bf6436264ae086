"""Floods of tiny frames: one socket must not take the loop from the others."""

import asyncio
import json
import time

import pytest
from websockets.frames import Frame, Opcode

from entrypoints.streams.close_codes import CloseCode

FLOODS = {
    "pings": (Frame(Opcode.PING, b""),),
    "pongs": (Frame(Opcode.PONG, b""),),
    "empty texts": (Frame(Opcode.TEXT, b""),),
    "empty pieces": (Frame(Opcode.CONT, b"", fin=False),),
    "pieces of a byte": (Frame(Opcode.CONT, b"a", fin=False),),
    "small messages": (Frame(Opcode.TEXT, b"{}"),),
}
FIRST_PIECE = Frame(Opcode.TEXT, b"a", fin=False)


@pytest.mark.parametrize("is_known", [False, True], ids=["stranger", "known"])
@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
async def test_a_flood_is_closed_before_it_costs_anything(stage, dial, flood, is_known) -> None:
    peer = await (await dial(stage)).upgrade()
    if is_known:
        await peer.authenticate(await stage.linked())
    if flood[0].opcode is Opcode.CONT:
        await peer.send_frames(FIRST_PIECE)
    chunk = b"".join(frame.serialize(mask=True) for frame in flood) * 10_000

    peer.writer.write(chunk)
    before = time.thread_time()
    code = await peer.close_code()

    assert code == CloseCode.TOO_MANY_FRAMES
    assert time.thread_time() - before < 1.0


async def test_a_flood_on_a_socket_that_was_closed_is_cut_off(stage, dial) -> None:
    peer = await (await dial(stage)).upgrade()
    await peer.send_frames(Frame(Opcode.TEXT, b'{"type":"authenticate"}'))
    assert await peer.close_code() == CloseCode.TOKEN_REFUSED

    await peer.send_frames(Frame(Opcode.PING, b""), times=10_000)

    assert await peer.rest() == b""


async def test_frames_one_at_a_time_are_counted_too(stage, dial) -> None:
    peer = await (await dial(stage)).upgrade()
    closed = asyncio.create_task(peer.close_code())
    while not closed.done():
        await peer.send_frames(Frame(Opcode.PONG, b""))
        await asyncio.sleep(0)

    assert await closed == CloseCode.TOO_MANY_FRAMES


async def test_a_client_that_is_only_busy_is_never_closed(stage, dial) -> None:
    peer = await (await dial(stage)).upgrade()
    await peer.send_frames(Frame(Opcode.PING, b""), Frame(Opcode.TEXT, b"{}"), times=5)
    person = await stage.linked()
    message = json.dumps({"type": "authenticate", "token": person.token}).encode()
    await peer.send_frames(
        Frame(Opcode.TEXT, message[:1], fin=False),
        *(
            Frame(Opcode.CONT, message[at : at + 25], fin=at + 25 >= len(message))
            for at in range(1, len(message), 25)
        ),
    )
    await said(peer, b"authenticated")
    for _ in range(20):
        await peer.send_frames(
            Frame(Opcode.PING, b"here"), Frame(Opcode.TEXT, b'{"type":"subscribe"}')
        )
        await said(peer, b"subscribed")

    assert await peer.next_of(Opcode.TEXT)


async def test_a_large_message_is_read_and_what_follows_it_too(stage, dial) -> None:
    peer = await (await dial(stage)).upgrade()
    padding = " " * 16_000
    await peer.send_frames(Frame(Opcode.TEXT, b'{"type": "dance"%b}' % padding.encode()))
    await said(peer, b"Please authenticate first.")

    await peer.send_frames(Frame(Opcode.PING, b"still here"))

    assert (await peer.next_of(Opcode.PONG)).data == b"still here"


async def said(peer, words: bytes) -> None:
    """Read until a message has these words."""
    async with asyncio.timeout(10):
        while words not in (await peer.next_of(Opcode.TEXT)).data:
            pass
