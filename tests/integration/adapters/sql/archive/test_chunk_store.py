"""What every ChunkStore keeps its word about."""

from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.archive.chunk_store import SqlChunkStore
from adapters.sqlite.engine import open_engine
from domain.archive.series import Series, SeriesName
from domain.archive.spans import span_at
from domain.emporia.usage import Scale
from tests.integration.adapters.sql.archive.sealed import (
    ADAS,
    APRIL,
    BOBS,
    CIRCUIT,
    DAY,
    HOUR,
    MAINS,
    MARCH,
    SERIES,
    chunk,
    month,
)


async def test_nothing_is_held_at_first(archive) -> None:
    assert list(await archive.store.held(ADAS)) == []
    assert list(await archive.store.chunks(SERIES, Scale.MINUTE, MARCH, APRIL)) == []
    assert list(await archive.store.months(SERIES, MARCH, APRIL)) == []


async def test_what_was_put_is_read_as_it_was(archive) -> None:
    await archive.store.put(SERIES, [chunk()], [month()])
    assert list(await archive.store.chunks(SERIES, Scale.MINUTE, MARCH, APRIL)) == [chunk()]
    assert list(await archive.store.months(SERIES, MARCH, APRIL)) == [month()]


async def test_what_is_put_again_takes_the_place_of_what_was_there(archive) -> None:
    await archive.store.put(SERIES, [chunk(), chunk(MARCH + DAY)], [month()])
    newer = chunk(data=b"newer")
    await archive.store.put(SERIES, [newer], [month(data=b"newer")])
    held = await archive.store.chunks(SERIES, Scale.MINUTE, MARCH, APRIL)
    assert list(held) == [newer, chunk(MARCH + DAY)]
    assert list(await archive.store.months(SERIES, MARCH, APRIL)) == [month(data=b"newer")]


async def test_chunks_and_months_may_be_put_without_each_other(archive) -> None:
    await archive.store.put(SERIES, [], [month()])
    await archive.store.put(SERIES, [chunk()], [])
    await archive.store.put(SERIES, [], [])
    assert len(await archive.store.chunks(SERIES, Scale.MINUTE, MARCH, APRIL)) == 1
    assert len(await archive.store.months(SERIES, MARCH, APRIL)) == 1


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (MARCH, MARCH + 1, [0]),
        (MARCH, MARCH + DAY, [0]),
        (MARCH, MARCH + DAY + 1, [0, 1]),
        (MARCH + DAY - 1, MARCH + DAY, [0]),
        (MARCH + DAY, MARCH + 2 * DAY, [1]),
        (MARCH - DAY, MARCH, []),
        (MARCH + 3 * DAY, MARCH + 9 * DAY, []),
        (MARCH - 9 * DAY, MARCH + 9 * DAY, [0, 1, 2]),
    ],
)
async def test_the_chunks_of_a_range_are_those_that_hold_any_of_it(
    archive, start, end, days
) -> None:
    made = [chunk(MARCH + day * DAY) for day in range(3)]
    await archive.store.put(SERIES, made[::-1], [])
    found = await archive.store.chunks(SERIES, Scale.MINUTE, start, end)
    assert list(found) == [made[day] for day in days]


@pytest.mark.parametrize(
    ("start", "end", "starts"),
    [
        (MARCH, MARCH + 1, [MARCH]),
        (APRIL - 1, APRIL, [MARCH]),
        (APRIL - 1, APRIL + 1, [MARCH, APRIL]),
        (APRIL, APRIL + DAY, [APRIL]),
        (MARCH - DAY, MARCH, []),
    ],
)
async def test_the_months_of_a_range_are_those_that_hold_any_of_it(
    archive, start, end, starts
) -> None:
    await archive.store.put(SERIES, [], [month(APRIL), month()])
    assert [each.start for each in await archive.store.months(SERIES, start, end)] == starts


async def test_scales_series_and_accounts_are_kept_apart(archive) -> None:
    others = [
        (Series(ADAS, CIRCUIT), chunk(data=b"circuit")),
        (Series(BOBS, MAINS), chunk(data=b"bob")),
        (SERIES, chunk(scale=Scale.SECOND, data=b"seconds")),
        (SERIES, chunk(scale=Scale.QUARTER_HOUR, data=b"quarters")),
        (SERIES, chunk(scale=Scale.HOUR, data=b"hours")),
        (SERIES, chunk(data=b"minutes")),
    ]
    for series, made in others:
        await archive.store.put(series, [made], [month(data=made.data)])
    for series, made in others:
        found = await archive.store.chunks(series, made.span.scale, MARCH, MARCH + HOUR)
        assert list(found) == [made]
    assert list(await archive.store.months(SERIES, MARCH, APRIL)) == [month(data=b"minutes")]
    theirs = await archive.store.months(Series(BOBS, MAINS), MARCH, APRIL)
    assert list(theirs) == [month(data=b"bob")]


async def test_what_is_held_is_told_by_series_scale_and_time(archive) -> None:
    await archive.store.put(Series(ADAS, CIRCUIT), [chunk()], [])
    await archive.store.put(SERIES, [chunk(scale=Scale.HOUR), chunk(MARCH + DAY), chunk()], [])
    await archive.store.put(Series(ADAS, SeriesName(7, "1,2,3")), [chunk()], [])
    await archive.store.put(Series(BOBS, MAINS), [chunk()], [])
    held = await archive.store.held(ADAS)
    assert [(each.name, each.span) for each in held] == [
        (SeriesName(7, "1,2,3"), span_at(Scale.MINUTE, MARCH)),
        (MAINS, span_at(Scale.MINUTE, MARCH)),
        (MAINS, span_at(Scale.MINUTE, MARCH + DAY)),
        (MAINS, span_at(Scale.HOUR, MARCH)),
        (CIRCUIT, span_at(Scale.MINUTE, MARCH)),
    ]
    (first, *_) = held
    assert (first.asked, first.known, first.size) == (60, 50, chunk().size)
    assert first.runs == chunk().runs


async def test_what_is_held_may_be_asked_of_some_series(archive) -> None:
    await archive.store.put(SERIES, [chunk()], [])
    await archive.store.put(Series(ADAS, CIRCUIT), [chunk()], [])
    assert [each.name for each in await archive.store.held(ADAS, names=[CIRCUIT])] == [CIRCUIT]
    assert list(await archive.store.held(ADAS, names=[])) == []
    assert list(await archive.store.held(BOBS, names=[MAINS])) == []


async def test_what_is_dropped_is_gone_and_nothing_else(archive) -> None:
    await archive.store.put(SERIES, [chunk(), chunk(MARCH + DAY)], [month()])
    await archive.store.put(Series(BOBS, MAINS), [chunk()], [])
    await archive.store.drop(SERIES, span_at(Scale.MINUTE, MARCH))
    await archive.store.drop(SERIES, span_at(Scale.SECOND, MARCH))
    left = await archive.store.chunks(SERIES, Scale.MINUTE, MARCH, APRIL)
    assert list(left) == [chunk(MARCH + DAY)]
    assert len(await archive.store.held(BOBS)) == 1
    assert len(await archive.store.months(SERIES, MARCH, APRIL)) == 1


async def test_the_next_process_finds_all_of_it(
    archive_engine: AsyncEngine, archive_file: Path
) -> None:
    await SqlChunkStore(archive_engine).put(SERIES, [chunk()], [month()])
    engine = open_engine(archive_file)
    found = await SqlChunkStore(engine).chunks(SERIES, Scale.MINUTE, MARCH, APRIL)
    await engine.dispose()
    assert list(found) == [chunk()]


async def test_all_of_it_is_put_or_nothing(archive_engine: AsyncEngine) -> None:
    store = SqlChunkStore(archive_engine)
    unkeepable = month(data=None)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="NOT NULL"):
        await store.put(SERIES, [chunk()], [unkeepable])
    assert list(await store.held(ADAS)) == []
