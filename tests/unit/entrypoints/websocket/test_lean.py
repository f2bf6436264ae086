"""The queue and the event of a socket do what asyncio's own do."""

import asyncio

from entrypoints.websocket.lean import Gate, Inbox


async def test_items_come_out_in_the_order_in_which_they_came() -> None:
    inbox: Inbox[int] = Inbox()
    for number in (1, 2):
        inbox.put_nowait(number)
    assert [await inbox.get(), await inbox.get(), inbox.empty()] == [1, 2, True]


async def test_a_reader_waits_for_what_comes() -> None:
    inbox: Inbox[int] = Inbox()
    reading = asyncio.create_task(inbox.get())
    await asyncio.sleep(0)
    assert not reading.done()
    for number in (1, 2):
        inbox.put_nowait(number)
    assert (await reading, inbox.empty()) == (1, False)


async def test_a_reader_who_gives_up_loses_nothing() -> None:
    inbox: Inbox[int] = Inbox()
    reading = asyncio.create_task(inbox.get())
    await asyncio.sleep(0)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    inbox.put_nowait(1)
    assert await inbox.get() == 1


async def test_an_open_gate_keeps_nobody_waiting() -> None:
    gate = Gate()
    gate.set()
    await gate.wait()


async def test_everybody_goes_on_when_a_gate_opens() -> None:
    gate = Gate()
    gate.set()
    gate.clear()
    waiting = [asyncio.create_task(gate.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    await asyncio.sleep(0)
    assert not any(waiter.done() for waiter in waiting[1:])
    gate.set()
    await asyncio.gather(*waiting[1:])
