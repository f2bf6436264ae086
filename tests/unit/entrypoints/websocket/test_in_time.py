"""What arrived in time is heard, whenever its turn comes."""

import asyncio
from typing import Any

import pytest

from entrypoints.websocket.in_time import InTime
from entrypoints.websocket.lean import Inbox


async def test_a_message_that_waits_already_is_in_time() -> None:
    inbox: Inbox[Any] = Inbox()
    arrivals = InTime(inbox.get, seconds=0)
    inbox.put_nowait("hello")
    assert await arrivals.next() == "hello"


async def test_a_message_that_came_while_the_loop_stood_still_is_in_time() -> None:
    """Its reader is waiting, and the time goes off before the reader's turn."""
    inbox: Inbox[Any] = Inbox()
    reading = asyncio.create_task(InTime(inbox.get, seconds=0).next())
    await asyncio.sleep(0)
    inbox.put_nowait("hello")
    assert await reading == "hello"


async def test_nothing_in_time_is_too_late() -> None:
    inbox: Inbox[Any] = Inbox()
    with pytest.raises(TimeoutError):
        await InTime(inbox.get, seconds=0).next()


async def test_what_comes_after_the_time_is_not_waited_for() -> None:
    inbox: Inbox[Any] = Inbox()
    arrivals = InTime(inbox.get, seconds=-3600)
    inbox.put_nowait("hello")
    assert await arrivals.next() == "hello"
    with pytest.raises(TimeoutError):
        await arrivals.next()
