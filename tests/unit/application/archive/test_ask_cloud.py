from datetime import timedelta

import pytest

from domain.archive.quality import Quality
from domain.archive.told import QUALITIES
from domain.archive.windows import Window
from domain.emporia.usage import ChartUsage, Scale
from domain.errors import StorageUnavailable
from tests.unit.application.archive.kept import (
    MIDNIGHT,
    NOON,
    SERIES,
    FullChunkStore,
    grid,
    instant,
)

HOUR = 3600
NOTHING = ChartUsage(first_usage_instant=None, usages=[])


def window(first: int, last: int) -> Window:
    """From one hour to another."""
    return Window(start=instant(MIDNIGHT + first * HOUR), end=instant(MIDNIGHT + last * HOUR))


def chart(first: int, *usages: float | None) -> ChartUsage:
    return ChartUsage(first_usage_instant=instant(MIDNIGHT + first * HOUR), usages=usages)


async def kept(world, hours: int) -> tuple[list[float | None], list[Quality]]:
    told = await world.read_archive(SERIES, grid(Scale.HOUR, MIDNIGHT, MIDNIGHT + hours * HOUR))
    return told.usages, [QUALITIES[number] for number in told.qualities]


async def keep_chart(world, asked: Window, told: ChartUsage, scale: Scale = Scale.HOUR) -> None:
    await world.ask_cloud.keep_chart(SERIES, asked, told, scale=scale, read_at=NOON)


@pytest.mark.parametrize(
    ("told", "usages"),
    [
        (chart(2, 1.0, 2.0), [None, None, 1.0, 2.0, None]),
        (chart(1, 9.0, 1.0, 2.0, 9.0), [None, None, 1.0, 2.0, None]),
        (chart(3, 2.0), [None, None, None, 2.0, None]),
        (chart(7, 9.0), [None] * 5),
        (chart(0, 9.0), [None] * 5),
        (NOTHING, [None] * 5),
    ],
)
async def test_of_an_answer_only_the_window_that_was_asked_is_kept(world, told, usages) -> None:
    await keep_chart(world, window(2, 4), told)
    found, qualities = await kept(world, 5)
    assert found == usages
    assert qualities[:2] == qualities[4:] * 2 == [Quality.UNKNOWN] * 2
    assert Quality.UNKNOWN not in qualities[2:4]


async def test_a_window_that_was_answered_with_nothing_is_remembered_as_empty(world) -> None:
    await keep_chart(world, window(0, 3), NOTHING)
    assert await kept(world, 3) == ([None] * 3, [Quality.MISSING] * 3)


async def test_a_bucket_that_the_window_cuts_is_kept_whole(world) -> None:
    asked = Window(
        start=instant(MIDNIGHT) + timedelta(minutes=10),
        end=instant(MIDNIGHT) + timedelta(minutes=70),
    )
    await keep_chart(world, asked, chart(0, 1.0, 2.0))
    assert (await kept(world, 3))[0] == [1.0, 2.0, None]


async def test_hours_that_begin_at_half_past_are_not_taken_for_others(world) -> None:
    told = ChartUsage(
        first_usage_instant=instant(MIDNIGHT) + timedelta(minutes=30), usages=[1.0, 2.0]
    )
    await keep_chart(world, window(0, 2), told)
    assert await kept(world, 3) == ([None] * 3, [Quality.UNKNOWN] * 3)


@pytest.mark.parametrize("scale", [Scale.DAY, Scale.MONTH])
async def test_days_and_what_is_wider_are_not_kept(world, scale) -> None:
    await keep_chart(world, window(0, 24), chart(0, 1.0), scale)
    assert world.chunk_store.kept == {}


async def test_who_waits_for_an_answer_gets_it_though_nothing_can_be_kept(world) -> None:
    world.keep_readings.store = FullChunkStore()
    asked, told = [window(0, 1)], [chart(0, 1.0)]
    assert not await world.ask_cloud.keep_if_possible(
        SERIES, asked, told, scale=Scale.HOUR, read_at=NOON
    )
    with pytest.raises(StorageUnavailable):
        await keep_chart(world, asked[0], told[0])
    world.keep_readings.store = world.chunk_store
    assert await world.ask_cloud.keep_if_possible(
        SERIES, asked, told, scale=Scale.HOUR, read_at=NOON
    )
    assert (await kept(world, 1))[0] == [1.0]
