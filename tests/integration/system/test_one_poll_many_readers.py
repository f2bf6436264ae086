"""However many sockets and users watch an account, Emporia is asked once a second at most."""

import asyncio
import time

SOCKETS = 50


async def read_for(socket, seconds: float) -> list[str]:
    """The frames that come until then, as they were sent."""
    frames: list[str] = []
    try:
        async with asyncio.timeout(seconds):
            while True:
                frames.append(await socket.connection.recv())
    except TimeoutError:
        return frames


async def read_together(sockets, *, ticks: int) -> list[list[str]]:
    """The newest frames of each socket, with an end that lies between two ticks."""
    seconds = ticks + 1.5 - time.time() % 1
    frames = await asyncio.gather(*(read_for(socket, seconds) for socket in sockets))
    return [received[-ticks:] for received in frames]


async def usage_requests(stage) -> int:
    """How often the cloud was asked for usages."""
    report = await stage.requests()
    return sum(request["method"] == "getDeviceListUsages" for request in report["recent"])


async def test_fifty_sockets_of_one_user_get_the_same_frames_of_one_poll_a_second(stage):
    person = await stage.linked()
    started = time.monotonic()
    sockets = [await stage.stream(person) for _ in range(SOCKETS)]

    frames = await read_together(sockets, ticks=12)
    seconds = time.monotonic() - started
    polls = await usage_requests(stage)

    assert len(frames[0]) == 12
    assert frames == [frames[0]] * SOCKETS
    assert len(set(frames[0])) >= 8
    assert polls <= seconds + 1


async def test_two_users_of_one_emporia_account_share_the_poll(stage):
    people = [await stage.linked(), await stage.linked()]
    started = time.monotonic()
    sockets = [await stage.stream(person) for person in people]

    frames = await read_together(sockets, ticks=4)
    seconds = time.monotonic() - started
    polls = await usage_requests(stage)

    assert len(frames[0]) == 4
    assert frames[0] == frames[1]
    assert polls <= seconds + 1
