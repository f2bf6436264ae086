"""What a database holds, looked at from outside of a gateway."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.postgresql.migrate import HEAD, version_of
from adapters.postgresql.tables import metadata
from adapters.security.sealing import PREFIX_BYTES
from adapters.sql.archive.tables import archives, chunks, series
from adapters.sql.tables import emporia_links, known_networks, second_factors, users
from adapters.sqlite.archive.contents import ArchiveContents
from adapters.sqlite.contents import Contents
from domain.accounts.users import UserId

SEALED: Mapping[str, Select[UUID, bytes]] = {
    "link": select(emporia_links.c.user_id, emporia_links.c.sealed_tokens).where(
        emporia_links.c.sealed_tokens.is_not(None)
    ),
    "kept password": select(emporia_links.c.user_id, emporia_links.c.sealed_password).where(
        emporia_links.c.sealed_password.is_not(None)
    ),
    "second factor": select(second_factors.c.user_id, second_factors.c.sealed_secret).where(
        second_factors.c.since.is_not(None)
    ),
}
"""What somebody misses that can't be opened; last answers are only asked for again."""


async def contents_of(connection: AsyncConnection) -> Contents:
    """Counts of rows; of a database of another version, the version alone."""
    version = await version_of(connection)
    if version != HEAD:
        return Contents(version=version)
    key = func.substring(emporia_links.c.sealed_tokens, 1, PREFIX_BYTES)
    keys = await connection.execute(
        select(key, func.count())
        .where(emporia_links.c.sealed_tokens.is_not(None))
        .group_by(text("1"))
    )
    return Contents(
        version=version,
        users=await _count(connection, users),
        links=await _count(connection, emporia_links),
        links_by_key=dict(map(tuple, keys.all())),
        known_networks=await _count(connection, known_networks),
        second_factors=await _count(connection, second_factors),
    )


async def archive_contents_of(connection: AsyncConnection) -> ArchiveContents:
    """Counts of rows of the archive."""
    return ArchiveContents(
        version=1,
        accounts=await _count(connection, archives),
        series=await _count(connection, series, series.c.customer_gid.is_not(None)),
        chunks=await _count(connection, chunks),
    )


async def unfinished_copy_of(connection: AsyncConnection) -> str | None:
    """The source of a copy that is not complete; None where there is none."""
    if await connection.scalar(text("SELECT to_regclass('unfinished_copy')")) is None:
        return None
    source: str | None = await connection.scalar(
        text("SELECT (SELECT source FROM unfinished_copy LIMIT 1)")
    )
    return source or "DATA_DIR"


async def lacking(connection: AsyncConnection) -> str:
    """The first table or column that is made and not there; empty where all are."""
    rows = await connection.execute(
        text(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema()"
        )
    )
    found = {tuple(row) for row in rows.all()}
    for table in metadata.sorted_tables:
        for column in table.columns:
            if (table.name, column.name) not in found:
                return f"{table.name}.{column.name}"
    return ""


async def sealed(connection: AsyncConnection) -> Mapping[str, Sequence[tuple[UserId, bytes]]]:
    """What is sealed and for whom, by what it is."""
    found = {}
    for what, query in SEALED.items():
        rows = (await connection.execute(query)).all()
        found[what] = [(UserId(user_id), secret) for user_id, secret in rows]
    return found


async def _count(connection: AsyncConnection, table: Table, *of: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(table).where(*of)
    return (await connection.execute(query)).scalar_one()
