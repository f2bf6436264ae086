"""Changes by other processes are told from our own by what SQLite tells of its file."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.sql.users import SqlUserRepository
from adapters.sqlite.engine import SqliteEngine, open_engine
from adapters.sqlite.erased_data import SqliteErasedData
from adapters.sqlite.foreign_changes import SqliteForeignChanges
from domain.accounts.users import User


@pytest.fixture
async def changes(engine: SqliteEngine) -> AsyncIterator[SqliteForeignChanges]:
    """Has looked once."""
    made = SqliteForeignChanges(engine)
    assert not await made.happened()
    yield made
    await made.close()


async def announce_elsewhere(database: Path) -> None:
    """What a command does in a process of its own."""
    engine = open_engine(database)
    await SqliteForeignChanges(engine).announce()
    await engine.dispose()


def change_by_hand(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM users")


async def test_nothing_happens_by_itself(changes: SqliteForeignChanges) -> None:
    assert [await changes.happened() for _ in range(3)] == [False] * 3


async def test_what_another_process_announces_is_noticed_once(
    changes: SqliteForeignChanges, database: Path
) -> None:
    await announce_elsewhere(database)

    assert [await changes.happened() for _ in range(2)] == [True, False]


async def test_our_own_writes_are_no_foreign_ones(
    changes: SqliteForeignChanges, engine: SqliteEngine, ada: User
) -> None:
    users = SqlUserRepository(engine)
    await users.add(ada)
    noticed = [await changes.happened()]
    await users.remove(ada.id)
    noticed.append(await changes.happened())

    assert noticed == [False, False]


async def test_our_own_writes_are_none_whenever_we_look(
    changes: SqliteForeignChanges, engine: SqliteEngine, ada: User
) -> None:
    users = SqlUserRepository(engine)

    async def write() -> None:
        for count in range(50):
            await users.replace_password_hash(ada.id, f"hash {count}")

    writing = asyncio.create_task(write())
    noticed = []
    while not writing.done():
        noticed.append(await changes.happened())
    noticed.append(await changes.happened())

    assert not any(noticed)


async def test_an_announced_change_is_noticed_among_our_own(
    changes: SqliteForeignChanges, engine: SqliteEngine, database: Path, ada: User
) -> None:
    await SqlUserRepository(engine).add(ada)
    await announce_elsewhere(database)
    await SqlUserRepository(engine).remove(ada.id)

    assert await changes.happened()


async def test_a_change_by_hand_is_noticed_too(
    changes: SqliteForeignChanges, engine: SqliteEngine, database: Path, ada: User
) -> None:
    await SqlUserRepository(engine).add(ada)
    assert not await changes.happened()

    change_by_hand(database)

    assert [await changes.happened() for _ in range(2)] == [True, False]


async def test_wiping_what_was_erased_is_no_change(
    changes: SqliteForeignChanges, engine: SqliteEngine, ada: User
) -> None:
    await SqlUserRepository(engine).add(ada)
    await changes.happened()

    assert await SqliteErasedData(engine).wipe()

    assert not await changes.happened()


async def test_while_the_file_can_not_be_asked_nothing_is_known_and_afterwards_anything_may_be(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "gateway"
    database = folder / "gateway.db"
    engine = open_engine(database)
    changes = SqliteForeignChanges(engine)
    folder.rename(tmp_path / "elsewhere")
    while_gone = [await changes.happened() for _ in range(2)]
    (tmp_path / "elsewhere").rename(folder)

    assert while_gone == [False, False]
    assert [await changes.happened() for _ in range(2)] == [True, False]
    assert len(caplog.records) == 1
    await changes.close()
    await engine.dispose()
