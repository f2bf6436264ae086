"""How rows get in."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.sql.archive import tables
from adapters.sql.statements.inserts import insert_into
from domain.emporia.links import AccountId


async def note_archive(connection: AsyncConnection, account: AccountId) -> None:
    """See that the account is one that has an archive."""
    await connection.execute(
        insert_into(connection, tables.archives)
        .values(customer_gid=account)
        .on_conflict_do_nothing()
    )


async def replace(
    connection: AsyncConnection, table: Table, rows: Sequence[dict[str, Any]]
) -> None:
    if rows:
        put = insert_into(connection, table)
        keys = [column.name for column in table.primary_key]
        rest = {column.name: column for column in put.excluded if column.name not in keys}
        await connection.execute(
            put.on_conflict_do_update(index_elements=keys, set_=rest), list(rows)
        )
