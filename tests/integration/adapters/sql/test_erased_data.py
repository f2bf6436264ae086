"""An erased email stands in no file any more, as soon as nobody holds the write-ahead log."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.users import SqlUserRepository
from adapters.sqlite.engine import BUSY_TIMEOUT_MILLISECONDS
from adapters.sqlite.erased_data import SqliteErasedData
from domain.accounts.users import EmailAddress, User


def stands_in(folder: Path, email: str) -> list[str]:
    """The files that hold the email in any case."""
    forms = {email.encode(), email.lower().encode(), email.upper().encode()}
    return [
        file.name
        for file in folder.rglob("*")
        if file.is_file() and any(form in file.read_bytes() for form in forms)
    ]


async def test_what_is_wiped_stands_nowhere(
    engine: AsyncEngine, database: Path, ada: User, bob: User
) -> None:
    users = SqlUserRepository(engine)
    gone = replace(ada, email=EmailAddress("Änne.Müller@Example.com"))
    await users.add(gone)
    await users.add(bob)
    await users.remove(gone.id)
    before = stands_in(database.parent, "Änne.Müller@Example.com")

    assert await SqliteErasedData(engine).wipe()

    assert before == ["gateway.db-wal"]
    assert stands_in(database.parent, "Änne.Müller@Example.com") == []
    assert await users.with_id(bob.id) == bob


async def test_a_reader_holds_it_up_and_loses_nothing(
    engine: AsyncEngine, database: Path, ada: User
) -> None:
    users = SqlUserRepository(engine)
    erased_data = SqliteErasedData(engine)
    await users.add(ada)
    with closing(sqlite3.connect(database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM users").fetchall()
        await users.remove(ada.id)

        assert not await erased_data.wipe()
        assert len(reader.execute("SELECT * FROM users").fetchall()) == 1
        reader.execute("COMMIT")

    assert await erased_data.wipe()
    assert stands_in(database.parent, "Ada@Example.com") == []


async def test_its_impatience_is_not_left_to_others(engine: AsyncEngine) -> None:
    await SqliteErasedData(engine).wipe()

    async with engine.connect() as connection:
        assert await connection.scalar(text("PRAGMA busy_timeout")) == BUSY_TIMEOUT_MILLISECONDS
