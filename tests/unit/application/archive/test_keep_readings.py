import asyncio

import pytest

from domain.archive.events import ChunkFoundDamaged
from domain.archive.quality import Quality
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.series import Series
from domain.archive.spans import month_at, months_between, span_at
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from domain.errors import StorageUnavailable
from tests.unit.application.archive.kept import (
    MAINS,
    MIDNIGHT,
    SERIES,
    FullChunkStore,
    grid,
    keep,
    spoil_chunks,
    spoil_months,
)
from tests.unit.domain.archive.hours_made import random_chunks
from tests.unit.domain.archive.readings import chance

DAY = 86_400
MUCH_LATER = MIDNIGHT + 100 * DAY


async def told(world, scale: Scale, start: int, end: int, series: Series = SERIES):
    return (await world.read_archive(series, grid(scale, start, end))).usages


async def test_hours_kept_in_step_are_those_made_anew_of_the_chunks(world) -> None:
    start, end = month_at(MIDNIGHT)[0], month_at(MIDNIGHT + 40 * DAY)[1]
    random = chance(1)
    for chunk in random_chunks(random, start, end, hole=0.1)[:15]:
        usages = [value / 3_600_000_000 if value else None for value in chunk.millijoules]
        await keep(world, chunk.span.scale, usages, start=chunk.span.start, read_at=MUCH_LATER)
    kept = await world.months.between(SERIES, start, end)
    rebuilt = [await world.months.rebuilt(SERIES, at) for at, _ in months_between(start, end)]
    assert kept == rebuilt
    assert any(any(month.known_seconds) for month in kept)


async def test_what_is_not_final_yet_is_not_kept(world) -> None:
    await keep(world, Scale.HOUR, [1.0], read_at=MIDNIGHT + 3600)
    assert world.chunk_store.kept == {}


async def test_a_reading_is_joined_with_what_is_held(world) -> None:
    await keep(world, Scale.HOUR, [1.0, None, 3.0])
    await keep(world, Scale.HOUR, [None, 2.0], read_at=MUCH_LATER)
    assert len(world.chunk_store.kept) == 1
    assert await told(world, Scale.HOUR, MIDNIGHT, MIDNIGHT + 3 * 3600) == [1.0, 2.0, 3.0]


async def test_a_reading_over_the_end_of_a_month_is_kept_in_both(world) -> None:
    april = month_at(MIDNIGHT)[1]
    await keep(world, Scale.HOUR, [1.0, 2.0], start=april - 3600, read_at=MUCH_LATER)
    assert sorted(at for _, at in world.chunk_store.hours) == [MIDNIGHT, april]
    assert await told(world, Scale.HOUR, april - 3600, april + 3600) == [1.0, 2.0]


async def test_two_readings_of_one_span_at_once_are_both_kept(world) -> None:
    await asyncio.gather(
        keep(world, Scale.HOUR, [1.0], start=MIDNIGHT),
        keep(world, Scale.HOUR, [2.0], start=MIDNIGHT + 3600),
    )
    assert await told(world, Scale.HOUR, MIDNIGHT, MIDNIGHT + 7200) == [1.0, 2.0]


async def test_what_cannot_be_kept_is_said_and_leaves_no_half(world) -> None:
    world.keep_readings.store = FullChunkStore()
    with pytest.raises(StorageUnavailable):
        await keep(world, Scale.HOUR, [1.0])
    assert world.chunk_store.kept == {}
    assert world.chunk_store.hours == {}


async def test_a_damaged_chunk_gives_way_to_what_is_read_and_is_told_of(world) -> None:
    found: list[ChunkFoundDamaged] = []
    world.events.subscribe(ChunkFoundDamaged, lambda event: _note(found, event))
    await keep(world, Scale.MINUTE, [1.0, 2.0])
    spoil_chunks(world, Scale.MINUTE)
    await keep(world, Scale.MINUTE, [5.0])
    assert [event.span for event in found] == [span_at(Scale.MINUTE, MIDNIGHT)]
    assert [event.series for event in found] == [SERIES]
    assert await told(world, Scale.MINUTE, MIDNIGHT, MIDNIGHT + 120) == [5.0, None]


async def test_nulls_alone_do_not_hide_a_damaged_chunk(world) -> None:
    await keep(world, Scale.MINUTE, [1.0, 2.0])
    spoil_chunks(world, Scale.MINUTE)
    await keep(world, Scale.MINUTE, [None, None])
    told = await world.read_archive(SERIES, grid(Scale.MINUTE, MIDNIGHT, MIDNIGHT + 120))
    assert [quality for _, _, quality in told.stretches()] == [Quality.DAMAGED]


async def _note(found: list[ChunkFoundDamaged], event: ChunkFoundDamaged) -> None:
    found.append(event)


async def test_a_damaged_month_is_made_anew_of_its_chunks(world) -> None:
    await keep(world, Scale.HOUR, [1.0, 2.0])
    spoil_months(world)
    assert await told(world, Scale.HOUR, MIDNIGHT, MIDNIGHT + 7200) == [1.0, 2.0]
    await keep(world, Scale.HOUR, [3.0], start=MIDNIGHT + 7200)
    assert await told(world, Scale.HOUR, MIDNIGHT, MIDNIGHT + 10_800) == [1.0, 2.0, 3.0]


async def test_of_a_month_and_a_chunk_that_are_damaged_the_rest_is_told(world) -> None:
    await keep(world, Scale.HOUR, [1.0])
    await keep(world, Scale.MINUTE, [1.0] * 60, start=MIDNIGHT + 3600)
    spoil_months(world)
    spoil_chunks(world, Scale.HOUR)
    assert await told(world, Scale.HOUR, MIDNIGHT, MIDNIGHT + 7200) == [None, 60.0]


async def test_accounts_do_not_share_what_they_hold(world) -> None:
    await keep(world, Scale.HOUR, [1.0])
    others = Series(AccountId(43), MAINS)
    assert await told(world, Scale.HOUR, MIDNIGHT, MIDNIGHT + 3600, others) == [None]


async def test_an_empty_reading_is_no_reading(world) -> None:
    empty = Reading(scale=Scale.HOUR, start=MIDNIGHT, figures=figures_of([]), read_at=MUCH_LATER)
    await world.keep_readings(SERIES, empty)
    assert world.chunk_store.kept == {}
