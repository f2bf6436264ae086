from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import ceil

import pytest

from domain.accounts.keys import KeyLimits
from domain.emporia.devices import UNKNOWN_LOCATION
from domain.errors import (
    EmporiaUnavailable,
    InvalidInput,
    LinkDead,
    NotLinked,
    UnknownDevice,
    UnknownSeries,
)


def names(plan) -> list[str]:
    return [str(series.name) for series in plan.series]


class Key:
    """A key that may see so much."""

    def __init__(self, limits: KeyLimits) -> None:
        self.limits = limits


async def test_without_names_it_is_every_series_listed_or_held(world, exchange, query) -> None:
    caller = await world.resident()
    await exchange.put(await exchange.account(caller), "77:3", [1.0])
    plan = await exchange.plan(caller, query())
    assert names(plan) == ["77:3", "1000:1,2,3", "1000:1", "1001:1,2,3"]
    assert plan.start == 0
    assert plan.end == ceil(world.clock.now().timestamp())


async def test_series_have_their_names_and_their_place(world, exchange, query) -> None:
    caller = await world.resident()
    await exchange.put(await exchange.account(caller), "77:3", [1.0])
    plan = await exchange.plan(caller, query("1000:1", "77:3", "1000:1,2,3", "1000:1"))
    fridge, gone, mains = plan.series
    assert (fridge.device, fridge.circuit) == ("Panel", "Fridge")
    assert fridge.location.zone.key == "America/New_York"
    assert (gone.device, gone.circuit, gone.location) == (None, None, UNKNOWN_LOCATION)
    assert (mains.device, mains.circuit) == ("Panel", None)


async def test_a_range_ends_now_at_the_latest_and_with_its_last_second(
    world, exchange, query
) -> None:
    caller = await world.resident()
    start = datetime(2026, 2, 1, tzinfo=UTC)
    end = start + timedelta(seconds=1, microseconds=5)
    plan = await exchange.plan(caller, query(start=start, end=end))
    assert (plan.start, plan.end) == (start.timestamp(), start.timestamp() + 2)
    plan = await exchange.plan(caller, query(end=world.clock.now() + timedelta(days=9)))
    assert plan.end == ceil(world.clock.now().timestamp())
    with pytest.raises(InvalidInput, match="start: must be before end"):
        await exchange.plan(caller, query(start=end, end=start))


async def test_what_is_not_there_is_named(world, exchange, query) -> None:
    caller = await world.resident()
    with pytest.raises(UnknownDevice, match="series: device 5 not found"):
        await exchange.plan(caller, query("5:1"))
    with pytest.raises(UnknownSeries, match="series: device 1000 has no series '40'"):
        await exchange.plan(caller, query("1000:40"))


async def test_a_limited_key_gets_what_it_may_see_and_the_rest_does_not_exist(
    world, exchange, query
) -> None:
    owner = await world.resident()
    await exchange.put(await exchange.account(owner), "77:3", [1.0])
    circuit = replace(owner, key=Key(KeyLimits(channels=frozenset({(1000, "1")}))))
    assert names(await exchange.plan(circuit, query())) == ["1000:1"]
    for hidden in ("1001:1,2,3", "77:3", "5:1"):
        with pytest.raises(UnknownDevice, match=f"device {hidden.split(':')[0]} not found"):
            await exchange.plan(circuit, query(hidden))
    for hidden in ("1000:1,2,3", "1000:40", "1000:Balance"):
        with pytest.raises(UnknownSeries):
            await exchange.plan(circuit, query(hidden))
    whole = replace(owner, key=Key(KeyLimits(devices=frozenset({1001}))))
    assert names(await exchange.plan(whole, query())) == ["1001:1,2,3"]


async def test_names_are_those_kept_last_where_emporia_can_not_be_asked(
    world, exchange, query
) -> None:
    caller = await world.resident()
    world.directory.forget(await exchange.account(caller))
    world.cloud.failure = EmporiaUnavailable(retry_after_seconds=30)
    assert (await exchange.plan(caller, query("1000:1"))).series[0].circuit == "Fridge"
    world.store.last_answers.clear()
    with pytest.raises(EmporiaUnavailable):
        await exchange.plan(caller, query())


async def test_a_link_that_has_ended_has_to_be_renewed_first(world, exchange, query) -> None:
    caller = await world.resident()
    await world.links.replace_tokens((await world.link_of(caller)).with_tokens(None))
    with pytest.raises(LinkDead):
        await exchange.plan(caller, query())


async def test_nothing_linked_has_nothing_to_export(world, exchange, query) -> None:
    with pytest.raises(NotLinked):
        await exchange.plan(await world.sign_up(), query())


async def test_the_operator_exports_an_account_that_nobody_has_linked_any_more(
    world, exchange, query
) -> None:
    caller = await world.resident()
    account = await exchange.account(caller)
    await exchange.put(account, "1000:1", [1.0])
    plan = await exchange.plan.of_account(account, query())
    assert names(plan) == ["1000:1,2,3", "1000:1", "1001:1,2,3"]
    await world.unlink_emporia(caller)
    plan = await exchange.plan.of_account(account, query())
    assert [(str(each.name), each.device) for each in plan.series] == [("1000:1", None)]
