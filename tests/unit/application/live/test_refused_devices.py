"""One device that Emporia refuses does not darken the others."""

from dataclasses import replace

import pytest

from domain.emporia.usage import Scale
from domain.errors import EmporiaRefusedRequest

MONITOR, PLUG, STRANGER = 1000, 1001, 9


async def test_a_refused_device_is_left_out_and_the_others_go_on(world, watch) -> None:
    caller = await world.resident()
    world.cloud.refused = {PLUG}
    listener = await watch(world, caller)
    await world.clock.advance(3)
    assert listener.frames
    assert listener.notices == []
    assert world.event_counts.counts["DeviceLeftOut"] == 1


async def test_a_refused_device_costs_one_request_more_in_ten_minutes_and_ever_less(world) -> None:
    caller = await world.resident()
    world.cloud.refused = {PLUG}
    for _ in range(180):
        await world.read_instant(world.now_query(caller))
        await world.clock.advance(60)
    assert world.cloud.requests("usages") == 180 + 5
    assert world.event_counts.counts["DeviceLeftOut"] == 1


async def test_a_device_that_is_answered_again_is_back(world, caplog) -> None:
    caplog.set_level("INFO")
    caller = await world.resident()
    world.cloud.refused = {PLUG}
    await world.read_instant(world.now_query(caller))
    world.cloud.refused = set()
    await world.clock.advance(600)
    await world.read_instant(world.now_query(caller))
    assert [line for line in caplog.messages if "device" in line] == [
        "Emporia refuses device 1001 of account 42; polls go on without it",
        "Emporia answers again for device 1001 of account 42",
    ]
    assert world.cloud.requests("usages") == 3


async def test_a_cloud_that_refuses_every_device_costs_two_requests_a_poll_at_most(world) -> None:
    caller = await world.resident()
    world.cloud.refused = {MONITOR, PLUG}
    with pytest.raises(EmporiaRefusedRequest):
        await world.read_instant(world.now_query(caller))
    assert world.cloud.requests("usages") == 2


@pytest.mark.parametrize("gid", [None, STRANGER])
async def test_a_refusal_that_names_no_device_of_ours_is_of_them_all(world, gid) -> None:
    caller = await world.resident()
    world.cloud.failure = EmporiaRefusedRequest(gid=gid)
    with pytest.raises(EmporiaRefusedRequest):
        await world.read_instant(replace(world.now_query(caller), scale=Scale.DAY))
    assert world.cloud.requests("usages") == 1
