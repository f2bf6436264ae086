from datetime import timedelta

import pytest

from adapters.fake.emporia.emporia_gateway import HOME_LOCATION
from domain.archive.answers import SeriesAnswer
from domain.archive.quality import Quality
from domain.emporia.usage import ChartUsage, Scale
from tests.unit.application.archive.kept import (
    MIDNIGHT,
    NOON,
    SERIES,
    FullChunkStore,
    grid,
    instant,
    keep,
    spoil_chunks,
)

DAY = 86_400
HOUR = 3600
NOTHING = ChartUsage(first_usage_instant=None, usages=[])


async def read(world, scale: Scale, start: int, end: int) -> SeriesAnswer:
    (link,) = world.store.links.values()
    answer: SeriesAnswer = await world.read_series(
        link, SERIES, grid(scale, start, end, HOME_LOCATION)
    )
    return answer


async def test_what_cannot_change_any_more_is_never_asked_for_twice(world) -> None:
    await world.resident()
    first = await read(world, Scale.MINUTE, MIDNIGHT, NOON - HOUR)
    made = world.cloud.requests("chart")
    await world.clock.advance(3 * DAY)
    again = await read(world, Scale.MINUTE, MIDNIGHT, NOON - HOUR)
    assert world.cloud.requests("chart") == made
    assert again.usages == first.usages


async def test_what_may_still_change_is_asked_for_again_a_minute_later(world) -> None:
    await world.resident()
    await read(world, Scale.MINUTE, NOON - HOUR, NOON)
    made = world.cloud.requests("chart")
    await read(world, Scale.MINUTE, NOON - HOUR, NOON)
    assert world.cloud.requests("chart") == made
    await world.clock.advance(61)
    answer = await read(world, Scale.MINUTE, NOON - HOUR, NOON)
    assert world.cloud.requests("chart") == made + 1
    assert answer.usages == [1.0] * 60


async def test_a_range_read_a_moment_ago_tells_another_one_only_of_what_it_holds(world) -> None:
    await world.resident()
    await read(world, Scale.MINUTE, NOON - HOUR, NOON)
    made = world.cloud.requests("chart")
    answer = await read(world, Scale.MINUTE, NOON - 2 * HOUR, NOON - HOUR)
    assert world.cloud.requests("chart") == made + 1
    assert answer.usages == [1.0] * 60


async def test_what_emporia_told_nothing_of_is_missing_and_not_asked_for_again(world) -> None:
    await world.resident()
    world.cloud.chart_told = NOTHING
    answer = await read(world, Scale.HOUR, MIDNIGHT - 40 * DAY, MIDNIGHT - 30 * DAY)
    assert answer.quality == [(Quality.MISSING, 240)]
    assert answer.coverage == 0.0
    made = world.cloud.requests("chart")
    await world.clock.advance(DAY)
    await read(world, Scale.HOUR, MIDNIGHT - 40 * DAY, MIDNIGHT - 30 * DAY)
    assert world.cloud.requests("chart") == made


async def test_nothing_is_asked_of_the_future(world) -> None:
    await world.resident()
    tomorrow = await read(world, Scale.HOUR, NOON + HOUR, NOON + DAY)
    assert world.cloud.requests("chart") == 0
    assert tomorrow.quality == [(Quality.UNKNOWN, 23)]


async def test_what_emporia_has_forgotten_is_asked_for_once_and_then_known_to_be_missing(
    world,
) -> None:
    await world.resident()
    world.cloud.chart_told = NOTHING
    for _ in range(2):
        answer = await read(world, Scale.MINUTE, NOON - 30 * DAY, NOON - 30 * DAY + HOUR)
        assert world.cloud.requests("chart") == 1
        assert answer.quality == [(Quality.MISSING, 60)]


async def test_figures_just_told_stand_as_they_came(world) -> None:
    await world.resident()
    told = 1 / 3_600_000_001  # which no whole number of millijoules is
    world.cloud.chart_told = ChartUsage(
        first_usage_instant=instant(MIDNIGHT), usages=[told, None, told]
    )
    answer = await read(world, Scale.HOUR, MIDNIGHT, MIDNIGHT + 3 * HOUR)
    assert answer.usages == [told, None, told]
    kept = await read(world, Scale.HOUR, MIDNIGHT, MIDNIGHT + 3 * HOUR)
    assert kept.usages == [1 / 3_600_000_000, None, 1 / 3_600_000_000]


async def test_an_answer_is_given_though_it_cannot_be_kept(world) -> None:
    await world.resident()
    world.keep_readings.store = FullChunkStore()
    answer = await read(world, Scale.HOUR, MIDNIGHT, MIDNIGHT + 3 * HOUR)
    assert answer.usages == [1.0, 1.0, 1.0]
    assert answer.quality == [(Quality.LIVE, 3)]
    assert answer.coverage == 1.0


async def test_what_is_damaged_is_asked_for_again_and_healed(world) -> None:
    await world.resident()
    await keep(world, Scale.MINUTE, [0.5, 0.25], start=NOON - HOUR)
    spoil_chunks(world, Scale.MINUTE)
    healed = await read(world, Scale.MINUTE, NOON - HOUR, NOON - HOUR + 120)
    assert healed.usages == [1.0, 1.0]
    assert (await read(world, Scale.MINUTE, NOON - HOUR, NOON - HOUR + 120)) == healed
    assert world.cloud.requests("chart") == 1


async def test_days_of_which_hours_lack_are_asked_for(world) -> None:
    await world.resident()
    start = MIDNIGHT - 10 * DAY + 5 * HOUR  # midnight in New York
    await keep(world, Scale.HOUR, [1.0] * 30, start=start)
    answer = await read(world, Scale.DAY, start, start + 3 * DAY)
    assert answer.usages == [24.0, 1.0, 1.0]
    assert world.cloud.requests("chart") == 1


async def test_an_answer_that_tells_of_more_or_fewer_days_is_put_where_it_belongs(world) -> None:
    await world.resident()
    start = MIDNIGHT - 10 * DAY + 5 * HOUR
    world.cloud.chart_told = ChartUsage(
        first_usage_instant=instant(start) - timedelta(days=1), usages=[9.0, 1.0, 2.0]
    )
    answer = await read(world, Scale.DAY, start, start + 3 * DAY)
    assert answer.usages == [1.0, 2.0, None]
    assert answer.coverage == pytest.approx(2 / 3)
    assert [quality for quality, _ in answer.quality] == [Quality.LIVE, Quality.UNKNOWN]
