"""An erased archive goes in small steps, and then stands in no file any more."""

from itertools import pairwise
from pathlib import Path
from random import Random

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.archive import tables
from adapters.sql.archive.archives import WIPED_AT_ONCE, SqlArchives
from adapters.sql.archive.chunk_store import SqlChunkStore
from adapters.sqlite.erased_data import SqliteErasedData
from domain.archive.series import Series, SeriesName
from domain.archive.spans import HOUR_SECONDS
from domain.emporia.usage import Scale
from tests.integration.adapters.sql.archive.sealed import ADAS, BOBS, MARCH, chunk, month

CHANNEL = "channel-of-ada"
OF_ADA, OF_BOB = Series(ADAS, SeriesName(1001, CHANNEL)), Series(BOBS, SeriesName(1001, "7"))


def stands_in(folder: Path, *marks: bytes) -> set[str]:
    """The files that hold any of these."""
    return {
        file.name
        for file in folder.rglob("*")
        if file.is_file() and any(mark in file.read_bytes() for mark in marks)
    }


async def rows(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        counted = [
            await connection.scalar(select(func.count()).select_from(table))
            for table in (tables.chunks, tables.months, tables.series)
        ]
    return sum(count or 0 for count in counted)


async def test_of_a_wiped_archive_not_a_byte_is_left(
    archive_engine: AsyncEngine, archive_file: Path
) -> None:
    store, archives = SqlChunkStore(archive_engine), SqlArchives(archive_engine)
    secrets = [Random(at).randbytes(300 * (1 + at)) for at in range(40)]  # noqa: S311
    of_bob = b"what bob used" * 50
    await store.put(
        OF_ADA,
        [
            chunk(MARCH + at * HOUR_SECONDS, scale=Scale.SECOND, data=secret)
            for at, secret in enumerate(secrets)
        ],
        [month(data=secrets[0] + secrets[1])],
    )
    await store.put(OF_BOB, [chunk(data=of_bob)], [])
    marks = [
        CHANNEL.encode(),
        *(secret[at : at + 16] for secret in secrets for at in (0, 100, 280)),
    ]
    erased_data = SqliteErasedData(archive_engine)
    await erased_data.wipe()
    assert stands_in(archive_file.parent, *marks) == {archive_file.name}

    await archives.erase(ADAS)
    while await archives.wipe():
        pass
    assert await erased_data.wipe()

    assert stands_in(archive_file.parent, *marks) == set()
    assert stands_in(archive_file.parent, of_bob[:16])
    assert [held.name for held in await store.held(BOBS)] == [OF_BOB.name]


async def test_no_step_wipes_much_and_a_restart_goes_on(archive_engine: AsyncEngine) -> None:
    store = SqlChunkStore(archive_engine)
    count = 2 * WIPED_AT_ONCE + 7
    made = [chunk(MARCH + at * HOUR_SECONDS, scale=Scale.SECOND) for at in range(count)]
    await store.put(OF_ADA, made, [month()])
    await SqlArchives(archive_engine).erase(ADAS)
    left = [await rows(archive_engine)]
    while await SqlArchives(archive_engine).wipe():
        left.append(await rows(archive_engine))
    assert all(0 < before - after <= WIPED_AT_ONCE for before, after in pairwise(left))
    assert left[-1] == 0
