"""A sample that was kept over a restart counts as known: frames begin with it in an outage."""

from domain.errors import EmporiaUnavailable


def restart(world) -> None:
    """Forget what only memory knows."""
    world.directory.listings.clear()
    world.samples.samples.clear()


async def sampled(world):
    caller = await world.resident()
    await world.read_instant(world.now_query(caller))
    restart(world)
    await world.clock.advance(300)
    return caller


async def test_in_an_outage_frames_begin_with_the_kept_sample(world, watch) -> None:
    caller = await sampled(world)
    world.cloud.failure = EmporiaUnavailable()
    listener = await watch(world, caller)
    await world.clock.advance(5)
    assert len(listener.frames) >= 5
    assert len(listener.notices) == 1


async def test_with_the_budget_spent_frames_begin_with_the_kept_sample(make_world, watch) -> None:
    world = make_world(daily_requests=10)
    caller = await sampled(world)
    account = (await world.link_of(caller)).account
    for _ in range(10):
        await world.budgets.record(account)
    listener = await watch(world, caller)
    await world.clock.advance(5)
    assert len(listener.frames) >= 5
    assert listener.notices == []


async def test_a_cloud_that_takes_its_time_is_waited_for_no_longer_than_two_seconds(
    world, watch
) -> None:
    caller = await sampled(world)
    world.cloud.answer_seconds = 15
    listener = await watch(world, caller)
    await world.clock.advance(0.9)
    assert listener.frames == []
    await world.clock.advance(1.2)
    assert listener.frames


async def test_a_cloud_that_answers_shows_no_kept_sample(world, watch) -> None:
    caller = await sampled(world)
    world.cloud.watts = 1200
    listener = await watch(world, caller)
    await world.clock.advance(3)
    assert {
        told["deviceListUsages"]["devices"][0]["channelUsages"][0]["usage"]
        for told in listener.data
    } == {0.02}


async def test_without_a_kept_sample_frames_wait_for_the_cloud(world, watch) -> None:
    caller = await world.resident()
    world.cloud.failure = EmporiaUnavailable()
    listener = await watch(world, caller)
    await world.clock.advance(5)
    assert listener.frames == []


async def test_what_is_kept_and_can_not_be_read_stops_no_stream(world, watch, caplog) -> None:
    caller = await sampled(world)
    for key, answer in world.store.last_answers.items():
        object.__setattr__(answer, "document", {"customerGid": "nonsense"})
        world.store.last_answers[key] = answer
    world.cloud.failure = EmporiaUnavailable()
    listener = await watch(world, caller)
    world.cloud.failure = None
    await world.clock.advance(10)
    assert listener.frames
    assert "what is kept of account 42 can't be read" in caplog.messages


async def test_each_kind_is_written_once_a_minute_at_most(world, watch) -> None:
    await watch(world, await world.resident())
    assert {kind for _, kind in world.store.last_answers} == {"devices", "1MIN KilowattHours"}
    await world.clock.advance(600)
    samples = world.event_counts.counts["SampleTaken"]
    assert samples > 100
    assert world.last_answers.writes == 1 + 10  # the list did not change


async def test_a_link_whose_devices_nobody_has_listed_keeps_no_list(world) -> None:
    caller = await world.resident()
    restart(world)
    world.store.last_answers.clear()
    await world.link(caller)
    assert world.store.last_answers == {}
