import json
from dataclasses import replace

from adapters.emporia.usage_document import EmporiaUsageDocument
from adapters.fake.emporia.emporia_gateway import HOME
from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import StreamNotice
from application.live.feed.subscription import FeedKey
from domain.errors import EmporiaUnavailable


async def test_the_first_frame_comes_at_once(world, watch) -> None:
    listener = await watch(world, await world.resident())
    assert len(listener.frames) == 1
    assert listener.heard_at == [world.clock.now().timestamp()]


async def test_a_frame_is_what_a_read_of_now_answers(world, watch) -> None:
    caller = await world.resident()
    listener = await watch(world, caller)
    assert json.loads(listener.frames[0].text) == {
        "type": "deviceData",
        "data": {"deviceListUsages": (await world.read_instant(world.now_query(caller))).content},
    }
    assert world.cloud.requests("usages") == 1


async def test_a_frame_leaves_at_every_second_of_the_wall_clock(world, watch) -> None:
    listener = await watch(world, await world.resident())
    await world.clock.advance(0.4)
    listener.forget()
    noon = int(world.clock.now().timestamp())
    await world.clock.advance(60)
    assert listener.heard_at == [noon + second for second in range(1, 61)]
    assert len(listener.frames) == 60


async def test_every_stream_of_an_account_gets_the_very_same_frame_in_a_tick(world, watch) -> None:
    ada = await world.resident("ada@example.com", "ada@emporia.example")
    bob = await world.resident("bob@example.com", "bob@emporia.example")
    listeners = [await watch(world, caller) for caller in (ada, ada, bob)]
    for listener in listeners:
        listener.forget()
    await world.clock.advance(1)
    assert len({id(listener.frames[0]) for listener in listeners}) == 1
    assert len({tuple(listener.heard_at) for listener in listeners}) == 1


async def test_a_sample_is_encoded_once_for_all_its_readers(world, watch) -> None:
    caller = await world.resident()
    for _ in range(5):
        await watch(world, caller)
    await world.clock.advance(10)
    assert world.encoder.encoded == world.cloud.requests("usages")


async def test_a_slow_reader_gets_the_newest_frame_and_holds_nobody_up(world, watch) -> None:
    caller = await world.resident()
    quick = await watch(world, caller)
    slow = await world.open(caller)
    await world.stream_usage.watch(slow)
    await world.clock.advance(30)
    assert await slow.outlet.take() is quick.frames[-1]
    assert len(quick.frames) == 31


async def test_a_poll_that_takes_long_delays_no_frame(world, watch) -> None:
    listener = await watch(world, await world.resident())
    listener.forget()
    world.cloud.answer_seconds = 7
    await world.clock.advance(20)
    assert len(listener.frames) == 20


async def test_a_sample_that_a_read_polled_is_the_next_frame(world, watch) -> None:
    caller = await world.resident()
    await world.read_instant(world.now_query(caller))
    listener = await watch(world, caller)
    sample = world.samples.newest(FeedKey(HOME))
    assert listener.data[0]["deviceListUsages"] == sample.document.content


async def test_whoever_joins_later_gets_the_newest_frame_at_once(world, watch) -> None:
    caller = await world.resident()
    first = await watch(world, caller)
    await world.clock.advance(10.5)
    second = await watch(world, caller)
    assert second.frames == [first.frames[-1]]


async def test_a_stream_that_was_closed_hears_nothing_more(world, watch) -> None:
    caller = await world.resident()
    stays = await watch(world, caller)
    goes = await watch(world, caller)
    await goes.close()
    await goes.close()
    stays.forget()
    goes.forget()
    await world.clock.advance(5)
    assert (len(stays.frames), len(goes.frames)) == (5, 0)


async def test_nothing_is_told_while_all_is_well(world, watch) -> None:
    listener = await watch(world, await world.resident())
    await world.clock.advance(60)
    assert StreamNotice.POLLS_FAILING not in listener.heard


async def test_a_sample_that_can_not_be_written_stops_no_frames(world, watch, caplog) -> None:
    listener = await watch(world, await world.resident())
    await world.clock.advance(5.5)
    listener.forget()
    unwritable = EmporiaUsageDocument({"devices": [object()]}, seconds=None)
    sample = world.samples.newest(FeedKey(HOME))
    world.samples.samples[FeedKey(HOME)] = replace(sample, document=unwritable)
    world.cloud.answer_seconds = 3
    await world.clock.advance(10)
    assert len(listener.frames) == 10
    assert caplog.messages == ["a sample of account 42 can't be encoded"]


class BrokenOutlet(Mailbox):
    """An outlet whose socket is gone before anybody noticed."""

    def put_frame(self, _):
        raise RuntimeError("the handler is closed")

    put_notice = put_frame


async def test_a_stream_that_broke_stops_nobody_elses_frames_and_notices(
    world, watch, caplog
) -> None:
    caller = await world.resident()
    await world.stream_usage.watch(await world.open(caller, BrokenOutlet()))
    listener = await watch(world, caller)
    await world.clock.advance(5.5)
    listener.forget()
    world.cloud.failure = EmporiaUnavailable()
    await world.clock.advance(10)
    assert len(listener.frames) == 10
    assert listener.notices == [StreamNotice.POLLS_FAILING]
    assert "a stream of account 42 broke" in caplog.messages
