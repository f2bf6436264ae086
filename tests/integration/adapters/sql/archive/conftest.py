"""The archive in memory, in a SQLite file and in a PostgreSQL database of its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.fake.archive.archives import InMemoryArchives
from adapters.fake.archive.chunk_store import InMemoryChunkStore
from adapters.postgresql.engine import open_engine as open_postgres_engine
from adapters.sql.archive.archives import SqlArchives
from adapters.sql.archive.chunk_store import SqlChunkStore
from adapters.sqlite.archive.file import upgrade_archive
from adapters.sqlite.engine import open_engine
from application.ports.archive.archives import Archives
from application.ports.archive.chunk_store import ChunkStore


@dataclass(frozen=True, slots=True)
class Archive:
    """One gateway's archive."""

    store: ChunkStore
    archives: Archives


@asynccontextmanager
async def in_memory(_: Callable[[str], Any]) -> AsyncIterator[Archive]:
    store = InMemoryChunkStore()
    yield Archive(store, InMemoryArchives(store))


@asynccontextmanager
async def in_sqlite(place: Callable[[str], Any]) -> AsyncIterator[Archive]:
    path: Path = place("archive_file")
    upgrade_archive(path)
    engine = open_engine(path)
    yield Archive(SqlChunkStore(engine), SqlArchives(engine))
    await engine.dispose()


@asynccontextmanager
async def in_postgresql(place: Callable[[str], Any]) -> AsyncIterator[Archive]:
    engine = open_postgres_engine(place("postgres_url"))
    yield Archive(SqlChunkStore(engine), SqlArchives(engine))
    await engine.dispose()


@pytest.fixture
def archive_file(tmp_path: Path) -> Path:
    return tmp_path / "gateway" / "archive.sqlite3"


@pytest.fixture(
    params=[in_memory, in_sqlite, in_postgresql], ids=["in memory", "in SQLite", "in PostgreSQL"]
)
async def archive(request: pytest.FixtureRequest) -> AsyncIterator[Archive]:
    build: Callable[..., AbstractAsyncContextManager[Archive]] = request.param
    async with build(request.getfixturevalue) as archive:
        yield archive


@pytest.fixture
async def archive_engine(archive_file: Path) -> AsyncIterator[AsyncEngine]:
    upgrade_archive(archive_file)
    engine = open_engine(archive_file)
    yield engine
    await engine.dispose()
