"""What is particular to the SQLite file: what it shows, to whom, and what survives."""

import asyncio
import logging
import sqlite3
import threading
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from stat import S_IMODE

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.security.sealing import AesGcmSecretBox
from adapters.sql.emporia_links import SqlEmporiaLinkRepository
from adapters.sql.ended_logins import SqlEndedLogins
from adapters.sql.tables import emporia_links, ended_logins
from adapters.sql.users import SqlUserRepository
from adapters.sqlite.engine import open_engine
from adapters.sqlite.migrate import upgrade
from adapters.system.clock import SystemClock
from application.ports.secret_box import SecretBox
from domain.accounts.users import User
from domain.emporia.links import EmporiaLink


def all_bytes_beside(database: Path) -> bytes:
    return b"".join(file.read_bytes() for file in database.parent.iterdir())


async def test_the_files_hold_no_token_in_clear(
    engine: AsyncEngine, secret_box: SecretBox, ada: User, adas_link: EmporiaLink, database: Path
) -> None:
    await SqlUserRepository(engine).add(ada)
    await SqlEmporiaLinkRepository(engine, secret_box=secret_box).save(adas_link)

    written = all_bytes_beside(database)

    assert b"ada@emporia.example" in written
    assert b"ada-id-token" not in written
    assert b"ada-refresh-token" not in written


async def test_a_removed_user_leaves_nothing_behind_in_the_file(database: Path, ada: User) -> None:
    upgrade(database)
    engine = open_engine(database)
    users = SqlUserRepository(engine)
    await users.add(ada)

    await users.remove(ada.id)
    await engine.dispose()

    assert b"ada@example.com" not in all_bytes_beside(database).lower()


async def test_a_link_that_is_removed_leaves_nothing_of_the_person_in_the_file(
    database: Path, secret_box: SecretBox, ada: User, adas_link: EmporiaLink
) -> None:
    upgrade(database)
    engine = open_engine(database)
    await SqlUserRepository(engine).add(ada)
    links = SqlEmporiaLinkRepository(engine, secret_box=secret_box)
    await links.save(adas_link)

    await links.remove(ada.id)
    found = await links.account_of(adas_link.subject)
    await engine.dispose()

    assert found is None
    assert adas_link.subject.encode() not in all_bytes_beside(database)
    assert adas_link.emporia_username.encode() not in all_bytes_beside(database)


async def test_an_unforeseen_error_quotes_nothing_of_the_row(
    engine: AsyncEngine, ada: User, bob: User
) -> None:
    users = SqlUserRepository(engine)
    await users.add(ada)

    with pytest.raises(IntegrityError) as failure:
        await users.add(replace(bob, id=ada.id))

    assert "bob" not in str(failure.value)


async def test_tokens_copied_to_another_user_make_that_link_a_dead_one(
    engine: AsyncEngine,
    secret_box: SecretBox,
    ada: User,
    bob: User,
    adas_link: EmporiaLink,
    bobs_link: EmporiaLink,
) -> None:
    users = SqlUserRepository(engine)
    links = SqlEmporiaLinkRepository(engine, secret_box=secret_box)
    await users.add(ada)
    await users.add(bob)
    await links.save(adas_link)
    await links.save(bobs_link)
    adas_tokens = select(emporia_links.c.sealed_tokens).where(emporia_links.c.user_id == ada.id)

    async with engine.begin() as connection:
        await connection.execute(
            update(emporia_links)
            .where(emporia_links.c.user_id == bob.id)
            .values(sealed_tokens=adas_tokens.scalar_subquery())
        )

    assert await links.of_user(bob.id) == bobs_link.with_tokens(None)
    assert await links.of_user(ada.id) == adas_link


async def test_a_link_sealed_with_a_lost_key_is_a_dead_one(
    engine: AsyncEngine, secret_box: SecretBox, ada: User, adas_link: EmporiaLink
) -> None:
    await SqlUserRepository(engine).add(ada)
    await SqlEmporiaLinkRepository(engine, secret_box=secret_box).save(adas_link)
    with_another_key = SqlEmporiaLinkRepository(
        engine, secret_box=AesGcmSecretBox([b"another key".ljust(32)])
    )

    assert await with_another_key.of_user(ada.id) == adas_link.with_tokens(None)


async def test_logins_whose_time_is_over_are_dropped_when_another_ends(
    engine: AsyncEngine, ada: User
) -> None:
    await SqlUserRepository(engine).add(ada)
    logins = SqlEndedLogins(engine, clock=SystemClock())
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    async with engine.begin() as connection:
        await connection.execute(
            insert(ended_logins).values(login_id="old", user_id=ada.id, until=long_ago)
        )

    await logins.add("new", user_id=ada.id, until=datetime(2099, 1, 1, tzinfo=UTC))

    assert not await logins.contains("old")
    assert await logins.contains("new")


async def test_what_was_kept_is_there_after_a_restart(database: Path, ada: User) -> None:
    upgrade(database)
    first = open_engine(database)
    await SqlUserRepository(first).add(ada)
    await first.dispose()

    upgrade(database)
    second = open_engine(database)
    found = await SqlUserRepository(second).with_id(ada.id)
    await second.dispose()

    assert found == ada


async def test_a_new_file_its_folder_and_its_companions_are_private(
    engine: AsyncEngine, ada: User, database: Path
) -> None:
    await SqlUserRepository(engine).add(ada)

    modes = {file.name: S_IMODE(file.stat().st_mode) for file in database.parent.iterdir()}

    assert modes == {"gateway.db": 0o600, "gateway.db-shm": 0o600, "gateway.db-wal": 0o600}
    assert S_IMODE(database.parent.stat().st_mode) == 0o700


def test_a_file_that_others_could_read_is_closed_to_them(database: Path) -> None:
    upgrade(database)
    database.chmod(0o644)

    open_engine(database)

    assert S_IMODE(database.stat().st_mode) == 0o600


async def test_every_connection_is_set_up_for_concurrent_use(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        journal_mode = await connection.scalar(text("PRAGMA journal_mode"))
        foreign_keys = await connection.scalar(text("PRAGMA foreign_keys"))
        busy_timeout = await connection.scalar(text("PRAGMA busy_timeout"))
        synchronous = await connection.scalar(text("PRAGMA synchronous"))

    assert (journal_mode, foreign_keys, busy_timeout, synchronous) == ("wal", 1, 2000, 2)


async def test_letting_go_of_the_connections_is_not_worth_a_line_of_the_log(
    database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="adapters")
    engine = open_engine(database)

    await engine.dispose()

    assert caplog.messages == []


@pytest.mark.parametrize("rounds", range(8))
async def test_no_thread_outlives_an_engine_of_whose_callers_one_was_cancelled(
    database: Path, rounds: int
) -> None:
    before = set(threading.enumerate())
    engine = open_engine(database)

    async def write() -> None:
        async with engine.begin() as connection:
            await connection.execute(text("DELETE FROM users"))

    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        task = asyncio.create_task(write())
        for _ in range(rounds):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await engine.dispose()

    left = set(threading.enumerate()) - before
    assert [thread for thread in left if "asyncio" not in thread.name] == []
