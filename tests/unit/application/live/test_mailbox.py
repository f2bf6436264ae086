import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import Frame, StreamEnd, StreamNotice

FRAME = Frame(b"frame")
OTHER_FRAME = Frame(b"other")
FRAMES = st.builds(Frame, st.binary(max_size=2))
BURSTS = st.lists(st.lists(FRAMES, min_size=1, max_size=4), max_size=6)


async def test_a_slow_reader_gets_the_newest_frame_alone() -> None:
    mailbox = Mailbox()
    mailbox.put_frame(OTHER_FRAME)
    mailbox.put_frame(FRAME)
    assert await mailbox.take() is FRAME


async def test_a_reader_waits_for_what_comes() -> None:
    mailbox = Mailbox()
    reader = asyncio.create_task(mailbox.take())
    await asyncio.sleep(0)
    assert not reader.done()
    mailbox.put_frame(FRAME)
    assert await reader is FRAME


async def test_a_notice_is_heard_before_the_frame_and_drops_none() -> None:
    mailbox = Mailbox()
    mailbox.put_frame(FRAME)
    mailbox.put_notice(StreamNotice.POLLS_FAILING)
    assert await mailbox.take() is StreamNotice.POLLS_FAILING
    assert await mailbox.take() is FRAME


async def test_each_notice_is_heard_once_in_the_order_in_which_they_came() -> None:
    mailbox = Mailbox()
    for notice in (
        StreamNotice.SECONDS_FLAT,
        StreamNotice.POLLS_FAILING,
        StreamNotice.SECONDS_FLAT,
    ):
        mailbox.put_notice(notice)
    assert await mailbox.take() is StreamNotice.SECONDS_FLAT
    assert await mailbox.take() is StreamNotice.POLLS_FAILING
    mailbox.put_frame(FRAME)
    assert await mailbox.take() is FRAME


async def test_a_reader_who_gives_up_loses_nothing() -> None:
    mailbox = Mailbox()
    reader = asyncio.create_task(mailbox.take())
    await asyncio.sleep(0)
    mailbox.put_frame(FRAME)
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    assert await mailbox.take() is FRAME


async def test_the_first_end_stands_and_is_heard_again_and_again() -> None:
    mailbox = Mailbox()
    mailbox.put_frame(FRAME)
    assert not mailbox.has_ended
    mailbox.end(StreamEnd.USER_GONE)
    mailbox.end(StreamEnd.NO_DEVICES)
    mailbox.put_frame(OTHER_FRAME)
    assert mailbox.has_ended
    assert await mailbox.take() is StreamEnd.USER_GONE
    assert await mailbox.take() is StreamEnd.USER_GONE


@given(BURSTS)
def test_whenever_a_reader_looks_it_is_the_newest_frame(bursts: list[list[Frame]]) -> None:
    async def read() -> list[Frame | StreamNotice | StreamEnd]:
        mailbox = Mailbox()
        heard = []
        for burst in bursts:
            for frame in burst:
                mailbox.put_frame(frame)
            heard.append(await mailbox.take())
        return heard

    assert asyncio.run(read()) == [burst[-1] for burst in bursts]
