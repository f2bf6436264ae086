"""`migrate --copy-from`: a whole installation moves from SQLite to PostgreSQL, or none of it."""

import asyncio
import sqlite3
from base64 import b64encode
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Uuid,
    create_engine,
    insert,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.postgresql.migrate import at_once, upgrade
from adapters.postgresql.upkeep.copy_source import copy_source
from adapters.postgresql.upkeep.copying import CopyRefused, copy
from adapters.sql.archive.tables import metadata as archive
from adapters.sql.tables import UtcInstant
from adapters.sql.tables import metadata as accounts
from entrypoints.composition import migrate
from entrypoints.composition.storage.database import archive_file, database_file
from entrypoints.settings import Settings

ROWS = 1200
"""More than two batches of each table."""

EARLY = datetime(2026, 1, 1, 0, 0, 0, 123456, UTC)


def value(column: Column[Any], place: int) -> object:  # noqa: C901  # a kind a line
    """Another one in each row, and nothing in every third where nothing may be."""
    if column.nullable and place % 3 == 0:
        return None
    kind = column.type
    if isinstance(kind, UtcInstant):
        return EARLY + timedelta(seconds=place)
    if isinstance(kind, Uuid):
        return UUID(int=place * 2**64 + 7)
    if column.name == "email":
        return f"Ädä{place}@example.com"
    if isinstance(kind, String):
        return f"{column.name} {place} äöü ☀"
    if isinstance(kind, LargeBinary):
        return bytes([place % 256, place // 256, 0, 255]) * 5
    if isinstance(kind, Boolean):
        return place % 2 == 0
    if isinstance(kind, SmallInteger):
        return place % 3
    if column.foreign_keys or column.primary_key:
        return place + 1
    if isinstance(kind, BigInteger) and column.name not in {"customer_gid", "gid"}:
        return place * 2**40
    assert isinstance(kind, Integer)
    return place + 1


def fill(file: Path, made: MetaData, rows: int) -> None:
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        for table in made.sorted_tables:
            connection.execute(insert(table), [row(table, place) for place in range(rows)])
    engine.dispose()


def row(table: Table, place: int) -> dict[str, object]:
    return {column.name: value(column, place) for column in table.columns}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation on SQLite with rows in every table."""
    settings = Settings(data_dir=tmp_path / "old")
    migrate(settings)
    fill(database_file(settings), accounts, ROWS)
    fill(archive_file(settings), archive, ROWS)
    for name in ("sealing-key", "token-secret"):
        (settings.data_dir / name).write_text(f"{name[0]}" * 64)
    return settings.data_dir


def scalar(url: str, query: str) -> Any:
    async def found(connection: AsyncConnection) -> Any:
        return await connection.scalar(text(query))

    return at_once(url, found)


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if "-" not in file.name}


TABLES = len(accounts.tables) + len(archive.tables)


def test_everything_moves_and_the_source_stays_as_it_was(run, folder, empty_url, tmp_path) -> None:
    before = files_of(folder)

    outcome = run("migrate", "--copy-from", f"sqlite:///{folder}", DATABASE_URL=empty_url)

    assert (outcome.returncode, outcome.stdout) == (
        0,
        f"Copied {TABLES * ROWS:,} rows of {TABLES} tables, and found them as they were.\n",
    ), outcome.stderr
    assert files_of(folder) == before
    assert (tmp_path / "data" / "sealing-key").read_text() == "s" * 64
    assert (tmp_path / "data" / "token-secret").stat().st_mode & 0o777 == 0o600
    assert scalar(empty_url, "SELECT to_regclass('unfinished_copy')") is None
    assert scalar(empty_url, "SELECT nextval(pg_get_serial_sequence('series', 'id'))") == ROWS + 1
    assert scalar(empty_url, "SELECT email FROM users ORDER BY created_at LIMIT 1") == (
        "Ädä0@example.com"
    )
    assert "1200 users" in run("check", DATABASE_URL=empty_url).stdout


def test_a_copy_that_was_cut_off_goes_on_where_it_was(run, folder, empty_url) -> None:
    upgrade(empty_url)
    told: list[tuple[str, int]] = []

    class CutOff(Exception):
        pass

    def tell(table: str, rows: int) -> None:
        told.append((table, rows))
        if (table, rows) == ("chunks", 1000):
            raise CutOff

    with copy_source(folder) as source, pytest.raises(CutOff):
        asyncio.run(copy(empty_url, source, named=str(folder), tell=tell))
    refused = run("serve", DATABASE_URL=empty_url)
    again: list[tuple[str, int]] = []
    with copy_source(folder) as source:
        copied = asyncio.run(
            copy(empty_url, source, named=str(folder), tell=lambda *line: again.append(line))
        )

    assert refused.returncode == 1
    assert "was cut off; run it again: emporia-api migrate --copy-from sqlite:////" in (
        refused.stderr
    )
    assert ("users", ROWS) in told
    assert [line for line in again if line[0] in {"users", "chunks"}] == [
        ("users", ROWS),
        ("chunks", 1000),
        ("chunks", ROWS),
    ]
    assert sum(copied.rows.values()) == TABLES * ROWS


def test_a_copy_that_is_killed_goes_on_when_it_is_given_again(
    run, start, folder, empty_url
) -> None:
    arguments = "migrate", "--copy-from", f"sqlite:///{folder}"
    # A process of its own from the beginning: a warm one would end a moment after who is killed.
    own = {"DATABASE_URL": empty_url, "PYTHONUNBUFFERED": "1"}
    with start(*arguments, until="users: 0", **own) as copying:
        copying.process.kill()
        copying.process.wait()

    outcome = run(*arguments, DATABASE_URL=empty_url)

    assert outcome.stdout.startswith(f"Copied {TABLES * ROWS:,} rows"), outcome.stderr


def test_a_database_that_is_not_empty_is_left_alone(run, folder, postgres_url) -> None:
    run("user", "add", "a@example.com", DATABASE_URL=postgres_url, EMPORIA_API_PASSWORD="p" * 9)

    outcome = run("migrate", "--copy-from", f"sqlite:///{folder}", DATABASE_URL=postgres_url)

    assert outcome.returncode == 1
    assert "is not empty (users has rows); nothing was copied." in outcome.stderr
    assert scalar(postgres_url, "SELECT count(*) FROM users") == 1


def break_off(_: str, rows: int) -> None:
    if rows:
        raise ZeroDivisionError


def test_part_of_another_installation_is_left_alone(folder, empty_url) -> None:
    upgrade(empty_url)
    with copy_source(folder) as source, pytest.raises(ZeroDivisionError):
        asyncio.run(copy(empty_url, source, named="/one", tell=break_off))

    with copy_source(folder) as source, pytest.raises(CopyRefused, match="part of a copy of /one"):
        asyncio.run(copy(empty_url, source, named="/two", tell=lambda *_: None))


def test_rows_that_are_not_as_in_the_source_are_noticed(folder, empty_url) -> None:
    upgrade(empty_url)

    def tell(table: str, rows: int) -> None:
        if (table, rows) == ("months", ROWS):
            with_one_changed = "UPDATE currencies SET code = 'XXX' WHERE code LIKE '% 5 %'"
            at_once(empty_url, lambda connection: connection.execute(text(with_one_changed)))

    with copy_source(folder) as source, pytest.raises(CopyRefused, match="The copy of currencies"):
        asyncio.run(copy(empty_url, source, named=str(folder), tell=tell))


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("postgresql://x/y", "--copy-from is sqlite:/// and a folder"),
        ("sqlite:////nowhere", "There is no /nowhere/gateway.sqlite3"),
    ],
)
def test_what_is_no_installation_is_refused(run, empty_url, source, told) -> None:
    outcome = run("migrate", "--copy-from", source, DATABASE_URL=empty_url)

    assert outcome.returncode == 1
    assert told in outcome.stderr


@pytest.mark.of_sqlite("a gateway without DATABASE_URL")
def test_without_a_database_to_copy_into_nothing_is_done(run, folder) -> None:
    outcome = run("migrate", "--copy-from", f"sqlite:///{folder}")

    assert (outcome.returncode, outcome.stderr) == (
        1,
        "Error: DATABASE_URL is not set: it names the database to copy into.\n",
    )


def test_an_older_installation_is_brought_up_to_date_first(run, folder, empty_url) -> None:
    with closing(sqlite3.connect(folder / "gateway.sqlite3")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0014'")

    outcome = run("migrate", "--copy-from", f"sqlite:///{folder}", DATABASE_URL=empty_url)

    assert outcome.returncode == 1
    assert "is of an earlier version; bring it up to date first" in outcome.stderr


@pytest.mark.of_sqlite("a gateway without DATABASE_URL")
def test_a_gateway_that_runs_on_the_source_has_to_stop_first(
    run, start, tmp_path, empty_url
) -> None:
    with start("serve", until="Listening", DATA_DIR="old"):
        outcome = run("migrate", "--copy-from", "sqlite:///old", DATABASE_URL=empty_url)

    assert outcome.returncode == 1
    assert f"A gateway runs on {tmp_path}/old; stop it first." in outcome.stderr


def test_what_the_keys_of_the_settings_cannot_open_is_not_copied(run, folder, empty_url) -> None:
    (folder / "sealing-key").write_text("5e" * 32)
    (folder / "sealing-key").chmod(0o600)
    own, other = (b64encode(bytes([byte]) * 32).decode() for byte in (0x5E, 0x11))
    arguments = "migrate", "--copy-from", f"sqlite:///{folder}"

    refused = run(*arguments, DATABASE_URL=empty_url, SEALING_KEYS=other)
    copied = run(*arguments, DATABASE_URL=empty_url, SEALING_KEYS=f"{other},{own}")

    assert refused.returncode == 1
    assert "Error: SEALING_KEYS lacks the key in" in refused.stderr
    assert "5e5e" not in refused.stderr
    assert copied.stdout.startswith("Copied"), copied.stderr
