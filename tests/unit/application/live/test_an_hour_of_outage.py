"""What an hour of outage costs with a stream and ten readers, by who asked."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from application.archive.read_history import HistoryQuery
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import EmporiaError
from tests.unit.application.kinds_of_outage import OUTAGES, kind_of

HOUR = 3600


async def read_again_and_again(world, read, *, pause_seconds: float) -> None:
    while True:
        with suppress(EmporiaError):
            await read()
        await world.clock.sleep(pause_seconds)


@pytest.mark.parametrize("failure", OUTAGES, ids=kind_of)
async def test_an_hour_of_outage_with_a_stream_and_ten_readers_costs_forty_requests_at_most(
    make_world, watch, failure
) -> None:
    world = make_world(daily_requests=2000, tick_seconds=60)
    caller = await world.resident()
    await watch(world, caller)
    world.cloud.failure = failure
    world.cloud.calls.clear()
    asked: Counter[str] = Counter()
    take = world.budgets.take

    async def count(account, purpose):
        await take(account, purpose)
        asked[purpose.name] += 1

    world.budgets.take = count
    query = world.now_query(caller)
    history = HistoryQuery(
        caller=caller,
        gid=1000,
        channel="1,2,3",
        start=world.clock.now() - timedelta(days=30),
        end=world.clock.now(),
        scale=Scale.HOUR,
        unit=EnergyUnit.KILOWATT_HOURS,
    )
    past = replace(query, instant=query.instant - timedelta(days=1))
    reads = [
        *[lambda: world.read_instant(world.now_query(caller))] * 4,
        *[lambda: world.read_instant(past)] * 2,
        *[lambda: world.list_devices(caller)] * 2,
        *[lambda: world.read_history(history)] * 2,
    ]
    readers = [
        asyncio.create_task(read_again_and_again(world, read, pause_seconds=5 + number))
        for number, read in enumerate(reads)
    ]
    await world.clock.advance(HOUR)
    for reader in readers:
        assert not reader.done()
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    assert 20 <= sum(asked.values()) == len(world.cloud.calls) <= 40, asked
