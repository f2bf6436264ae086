"""Brings a database up to date. Blocks: it is for a start-up, or a thread."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from asyncpg import InterfaceError, PostgresError
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from adapters.postgresql.engine import PATIENCE_SECONDS, SESSION, address, shown
from adapters.postgresql.faults import DatabaseUnusable, is_of_storage, sentence_of
from adapters.sqlite.migrate import DatabaseTooNew

HEAD = "0004"
MIGRATING = 0x454D504F
"""The number of the lock under which one gateway at a time changes tables."""

STEP_SECONDS = 3600.0
"""How long a step may take on a large archive."""

Outcome = TypeVar("Outcome")


class DatabaseNewer(DatabaseTooNew):
    """The database was written by a later version of the gateway; the sentence says so."""


def upgrade(url: str) -> None:
    """As `bring_up_to_date`; raises DatabaseUnusable too."""
    at_once(url, bring_up_to_date)


def version(url: str) -> str | None:
    """The version of its tables; None before the first. Raises DatabaseUnusable."""
    return at_once(url, version_of)


def at_once(url: str, do: Callable[[AsyncConnection], Awaitable[Outcome]]) -> Outcome:
    """Do something in one transaction, whether or not a loop runs; raises DatabaseUnusable."""
    with ThreadPoolExecutor(1, thread_name_prefix="database") as thread:
        return thread.submit(asyncio.run, once(url, do)).result()


async def once(url: str, do: Callable[[AsyncConnection], Awaitable[Outcome]]) -> Outcome:
    """The same from within a loop."""
    engine = create_async_engine(
        address(url),
        hide_parameters=True,
        poolclass=NullPool,
        connect_args={
            "timeout": PATIENCE_SECONDS,
            "command_timeout": STEP_SECONDS,
            "server_settings": {"application_name": SESSION["application_name"]},
        },
    )
    try:
        async with engine.begin() as connection:
            return await do(connection)
    except (SQLAlchemyError, InterfaceError, PostgresError, OSError, EOFError) as error:
        if not is_of_storage(error):
            raise
        raise DatabaseUnusable(sentence_of(error, where=shown(url))) from None
    finally:
        await engine.dispose()


async def version_of(connection: AsyncConnection) -> str | None:
    """The version of its tables; None before the first."""
    if await connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return None
    found: str | None = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def refuse_newer(version: str | None) -> None:
    """Leave what this program can't know alone; raises DatabaseNewer."""
    if version is not None and version > HEAD:
        raise DatabaseNewer(
            "The PostgreSQL database was written by a later version of the gateway (its tables "
            f"are of version {version}, this program knows {HEAD}); run that version."
        )


async def bring_up_to_date(connection: AsyncConnection) -> None:
    """Make the tables or bring them up to date, wholly or not at all.

    Several gateways may start at once. Raises DatabaseNewer.
    """
    if await version_of(connection) == HEAD:
        return
    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATING})
    found = await version_of(connection)  # another gateway may have been faster
    refuse_newer(found)
    if found != HEAD:
        await connection.run_sync(_take_steps)


def _take_steps(connection: Connection) -> None:
    # Imported here since alembic is slow to import and a start seldom needs it.
    from adapters.postgresql.migrations import runner

    runner.upgrade(connection, to=HEAD)
