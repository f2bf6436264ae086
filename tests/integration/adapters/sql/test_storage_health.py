"""What every StorageHealth keeps its word about, and what SQLite makes of broken files."""

from pathlib import Path

import pytest

from adapters.fake.clock import ManualClock
from adapters.sqlite.engine import open_engine
from adapters.sqlite.storage_health import SqliteStorageHealth


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.db"
    path.write_text("Dear reader, this is a letter and has never been a database. " * 20)
    return path


async def test_a_storage_in_order_is_reachable(storage) -> None:
    assert await storage.health.is_reachable()


async def test_a_file_without_tables_counts_as_unreachable(database: Path) -> None:
    engine = open_engine(database)

    assert not await SqliteStorageHealth(engine, clock=ManualClock()).is_reachable()
    await engine.dispose()


async def test_a_file_that_is_no_database_counts_as_unreachable(letter: Path) -> None:
    engine = open_engine(letter)

    assert not await SqliteStorageHealth(engine, clock=ManualClock()).is_reachable()
    await engine.dispose()
