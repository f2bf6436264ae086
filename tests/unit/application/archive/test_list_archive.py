from dataclasses import replace
from datetime import date, datetime

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from domain.accounts.keys import KeyLimits
from domain.archive.series import Series
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from domain.errors import NotLinked, UnknownDevice, UnknownSeries
from tests.unit.application.archive.kept import MAINS, MIDNIGHT, NOON, PLUG, instant, keep, limited

HOUR = 3600
DAY = 24 * HOUR
OF_THE_PLUG = Series(HOME, PLUG)


async def test_each_series_is_told_by_scale_the_finest_first(world) -> None:
    caller = await world.resident()
    await keep(world, Scale.HOUR, [1.0] * 12)
    await keep(world, Scale.MINUTE, [1.0] * 360)
    await keep(world, Scale.SECOND, [1.0] * 1800, series=OF_THE_PLUG)
    listed = await world.list_archive(caller)
    assert [(each.name, each.scale) for each in listed] == [
        (MAINS, Scale.MINUTE),
        (MAINS, Scale.HOUR),
        (PLUG, Scale.SECOND),
    ]
    assert [(each.start, each.end) for each in listed] == [
        (instant(MIDNIGHT), instant(NOON)),
        (instant(MIDNIGHT), instant(NOON)),
        (instant(MIDNIGHT), instant(MIDNIGHT + HOUR)),
    ]
    assert listed[0].coverage == 0.5
    assert listed[2].coverage == 0.5
    assert listed[0].size == sum(
        chunk.size
        for (series, span), chunk in world.chunk_store.kept.items()
        if series.name == MAINS and span.scale is Scale.MINUTE
    )


async def test_a_series_of_which_only_nulls_are_held_is_not_listed(world) -> None:
    caller = await world.resident()
    await keep(world, Scale.HOUR, [None] * 3)
    assert await world.list_archive(caller) == []
    assert await world.list_archive.coverage(caller, MAINS) == []


async def test_what_is_held_of_others_is_not_told(world) -> None:
    caller = await world.resident()
    await keep(world, Scale.HOUR, [1.0], series=Series(AccountId(43), MAINS))
    assert await world.list_archive(caller) == []


async def test_a_limited_key_is_told_of_its_own_series_alone(world) -> None:
    caller = await world.resident()
    await keep(world, Scale.HOUR, [1.0])
    await keep(world, Scale.HOUR, [1.0], series=OF_THE_PLUG)
    by_key = limited(caller, KeyLimits(devices=frozenset({1001})))
    assert [each.name for each in await world.list_archive(by_key)] == [PLUG]
    assert len(await world.list_archive.coverage(by_key, PLUG)) == 2
    with pytest.raises(UnknownDevice):
        await world.list_archive.coverage(by_key, MAINS)
    balance = replace(PLUG, channel="Balance")
    with pytest.raises(UnknownSeries, match="nothing is held of 'Balance' of device 1001"):
        await world.list_archive.coverage(by_key, balance)


async def test_without_a_link_nothing_is_listed(world) -> None:
    stranger = await world.sign_up()
    with pytest.raises(NotLinked):
        await world.list_archive(stranger)
    with pytest.raises(NotLinked):
        await world.list_archive.coverage(stranger, MAINS)


async def test_each_day_of_the_home_tells_its_share_from_the_first_one_known(world) -> None:
    caller = await world.resident()
    new_years_midnight = MIDNIGHT - 3 * DAY + 5 * HOUR  # midnight in New York
    await keep(world, Scale.HOUR, [1.0] * 12, start=new_years_midnight)
    await keep(world, Scale.HOUR, [1.0] * 24, start=new_years_midnight + DAY)
    days = await world.list_archive.coverage(caller, MAINS)
    assert days == [
        (date(2026, 2, 26), 0.5),
        (date(2026, 2, 27), 1.0),
        (date(2026, 2, 28), 0.0),
        (date(2026, 3, 1), 0.0),
    ]


async def test_of_today_as_much_is_expected_as_has_passed(world) -> None:
    caller = await world.resident()
    since_midnight = MIDNIGHT + 5 * HOUR
    await keep(world, Scale.MINUTE, [1.0] * (6 * 60), start=since_midnight)
    assert await world.list_archive.coverage(caller, MAINS) == [
        (date(2026, 3, 1), pytest.approx(6 / 7))
    ]


async def test_in_the_first_hour_of_a_day_nothing_is_expected_of_it_yet(world) -> None:
    caller = await world.resident()
    await keep(world, Scale.HOUR, [1.0] * 7, start=MIDNIGHT + 5 * HOUR)
    now = datetime(2026, 3, 2, 5, 30, tzinfo=world.clock.now().tzinfo)
    await world.clock.advance((now - world.clock.now()).total_seconds())
    days = await world.list_archive.coverage(caller, MAINS)
    assert [day for day, _ in days] == [date(2026, 3, 1)]
