"""A whole installation from SQLite into an empty PostgreSQL database, in steps that can break off.

What is copied is noted in a table of its own in the same transaction. It goes when all was found to
be as in the source; for as long as it is there, no gateway works on the database.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from adapters.postgresql.engine import SESSION, TIMEOUT_SECONDS, connected, shown
from adapters.postgresql.faults import DatabaseUnusable, is_of_storage, sentence_of
from adapters.postgresql.tables import metadata
from adapters.postgresql.upkeep.copy_source import TABLES, Checksum, CopySource, Row

ROWS_AT_ONCE = 500
STATEMENT_SECONDS = 600.0

NOTES = "unfinished_copy"
MAKE_NOTES = f"""
CREATE TABLE IF NOT EXISTS {NOTES} (
    name text PRIMARY KEY, source text NOT NULL, last_key text, rows bigint NOT NULL
)
"""
COPIED = "copied"
"""The node that what was spent before is counted for."""

COUNTED = ("trail", "series")
"""Their ids are counted up by PostgreSQL from then on."""

Driver = Any
Told = Callable[[str, int], None]


class CopyRefused(Exception):
    """Nothing was copied, or not all of it; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How many rows, by table."""

    rows: dict[str, int]


async def copy(url: str, source: CopySource, *, named: str, tell: Told) -> Copied:
    """Copy all that is not yet; `tell` hears of each table and how many of its rows are there.

    `named` is the source as it is called in messages. Raises CopyRefused or DatabaseUnusable.
    """
    try:
        driver = await connected(url, name=SESSION["application_name"], seconds=STATEMENT_SECONDS)
        try:
            await _begin(driver, url, named)
            for table in TABLES:
                await _copy_table(driver, source, table, named=named, tell=tell)
            rows = {table.name: await _verified(driver, source, table) for table in TABLES}
            await _end(driver)
        finally:
            await driver.close(timeout=TIMEOUT_SECONDS)
    except Exception as error:
        if not is_of_storage(error):
            raise
        raise DatabaseUnusable(sentence_of(error, where=shown(url))) from None
    return Copied(rows)


async def _begin(driver: Driver, url: str, named: str) -> None:
    """Refuse what is neither empty nor a copy of the same that broke off; raises CopyRefused."""
    if await driver.fetchval(f"SELECT to_regclass('{NOTES}')") is None:
        for name in metadata.tables:
            if name != "changes" and await driver.fetchval(
                f"SELECT EXISTS (SELECT FROM {name})"  # noqa: S608  # our own names
            ):
                raise CopyRefused(
                    f"{shown(url)} is not empty ({name} has rows); nothing was copied. Name an "
                    "empty one in DATABASE_URL."
                )
        await driver.execute(MAKE_NOTES)
    other = await driver.fetchval(
        f"SELECT source FROM {NOTES} WHERE source <> $1 LIMIT 1",  # noqa: S608
        named,
    )
    if other is not None:
        raise CopyRefused(
            f"{shown(url)} holds part of a copy of {other}; go on with that one, or empty it."
        )


async def _copy_table(
    driver: Driver, source: CopySource, table: Table, *, named: str, tell: Told
) -> None:
    note = await driver.fetchrow(
        f"SELECT last_key, rows FROM {NOTES} WHERE name = $1",  # noqa: S608
        table.name,
    )
    after, rows = (note["last_key"], note["rows"]) if note else (None, 0)
    tell(table.name, rows)
    columns = _columns(table)
    for batch in source.batches(table, after=after, most=ROWS_AT_ONCE):
        async with driver.transaction():
            await driver.copy_records_to_table(
                table.name, records=_completed(table, batch.rows), columns=columns
            )
            rows += len(batch.rows)
            await driver.execute(
                f"INSERT INTO {NOTES} VALUES ($1, $2, $3, $4) ON CONFLICT (name) "  # noqa: S608
                "DO UPDATE SET last_key = excluded.last_key, rows = excluded.rows",
                table.name,
                named,
                batch.last_key,
                rows,
            )
        tell(table.name, rows)


async def _verified(driver: Driver, source: CopySource, table: Table) -> int:
    """How many rows there are, all of them as in the source; raises CopyRefused."""
    there, here = Checksum(), Checksum()
    for batch in source.batches(table, after=None, most=ROWS_AT_ONCE):
        there.add(batch.rows)
    names = ", ".join(column.name for column in table.columns)
    async with driver.transaction():
        async for record in driver.cursor(f"SELECT {names} FROM {table.name}"):  # noqa: S608
            here.add([tuple(record)])
    if (there.rows, there.told()) != (here.rows, here.told()):
        raise CopyRefused(
            f"The copy of {table.name} is not as its source ({here.rows} of {there.rows} rows, or "
            "others than were read); see that nothing else writes to either, empty the database, "
            "and copy again."
        )
    return here.rows


async def _end(driver: Driver) -> None:
    async with driver.transaction():
        for name in COUNTED:
            await driver.execute(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "  # noqa: S608
                f"(SELECT coalesce(max(id), 0) + 1 FROM {name}), false)"
            )
        await driver.execute(f"DROP TABLE {NOTES}")
    await driver.execute("ANALYZE")


def _columns(table: Table) -> list[str]:
    names = [column.name for column in table.columns]
    return [*names, "node"] if table.name == "request_slots" else names


def _completed(table: Table, rows: Sequence[Row]) -> Sequence[Row]:
    return [(*row, COPIED) for row in rows] if table.name == "request_slots" else rows
