"""All that a gateway keeps, to look for what has to be gone from it."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

PATIENCE_SECONDS = 10


async def contents(stage: Any) -> Mapping[str, bytes]:
    """What stands in each file of SQLite, freed room and logs too, or each table of PostgreSQL.

    PostgreSQL's own files are left to the server: what is erased stays there until its room is
    used again, as `PostgresErasedData` says.
    """
    folder = stage.settings.data_dir
    files = {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {**files, **await tables(stage)}


async def tables(stage: Any) -> Mapping[str, bytes]:
    """What stands in each table of PostgreSQL, if it is used."""
    if not stage.settings.database_url:
        return {}
    from adapters.postgresql.tables import metadata

    async with stage.container.engine().connect() as connection:
        rows = {
            table.name: (await connection.execute(select(table))).all()
            for table in metadata.sorted_tables
        }
    return {
        name: b"\n".join(as_bytes(value) for row in found for value in row)
        for name, found in rows.items()
    }


def as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


async def stands_in(stage: Any, pieces: Iterable[bytes]) -> set[str]:
    """The files, or the tables, that hold any of these."""
    sought = list(pieces)
    return {
        name
        for name, content in (await contents(stage)).items()
        if any(piece in content for piece in sought)
    }


async def gone(stage: Any, pieces: Iterable[bytes]) -> None:
    """Wait until none of these stands anywhere."""
    sought = list(pieces)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await stands_in(stage, sought):  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # what is waited for tells nobody
