"""The contract of HeldSeries, which the fake keeps as SQL does."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.fake.archive.archives import InMemoryArchives
from adapters.fake.archive.chunk_codec import PlainChunkCodec
from adapters.fake.archive.chunk_store import InMemoryChunkStore
from adapters.fake.archive.held_series import InMemoryHeldSeries
from adapters.sql.archive.archives import SqlArchives
from adapters.sql.archive.chunk_store import SqlChunkStore
from adapters.sql.archive.held_series import SqlHeldSeries
from adapters.sqlite.archive.file import upgrade_archive
from adapters.sqlite.engine import open_engine
from domain.archive.chunks import Chunk
from domain.archive.series import Series, SeriesName
from domain.archive.spans import span_at
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale

ADA, BOB = AccountId(1), AccountId(2)
SPAN = span_at(Scale.HOUR, 0)


@pytest.fixture(params=["memory", "sql"])
async def parts(request: Any, tmp_path: Path) -> AsyncIterator[Any]:
    """The store, the archives and what is held, of either kind."""
    if request.param == "memory":
        store = InMemoryChunkStore()
        yield store, InMemoryArchives(store), InMemoryHeldSeries(store)
        return
    file = tmp_path / "archive.sqlite3"
    upgrade_archive(file)
    engine = open_engine(file)
    yield SqlChunkStore(engine), SqlArchives(engine), SqlHeldSeries(engine)
    await engine.dispose()


async def put(store: Any, account: AccountId, *names: str) -> None:
    sealed = PlainChunkCodec().seal(Chunk.empty(SPAN))
    for name in names:
        await store.put(Series(account, SeriesName.parse(name)), [sealed], [])


async def test_names_are_those_of_the_account_each_once(parts) -> None:
    store, _, held = parts
    assert await held.names(ADA) == []
    await put(store, ADA, "1001:1,2,3", "1001:1", "1001:1")
    await put(store, BOB, "2001:7")
    assert sorted(await held.names(ADA)) == [
        SeriesName(1001, "1"),
        SeriesName(1001, "1,2,3"),
    ]
    assert await held.names(BOB) == [SeriesName(2001, "7")]


async def test_a_series_without_anything_left_is_not_held(parts) -> None:
    store, _, held = parts
    await put(store, ADA, "1001:1", "1001:2")
    await store.drop(Series(ADA, SeriesName(1001, "1")), SPAN)
    assert await held.names(ADA) == [SeriesName(1001, "2")]


async def test_an_archive_that_is_erased_holds_nothing(parts) -> None:
    store, archives, held = parts
    await put(store, ADA, "1001:1")
    await archives.erase(ADA)
    assert await held.names(ADA) == []
