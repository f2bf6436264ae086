"""Users who have to stay as they are while something is written of theirs.

SQLite has one writer at a time, and passes over all of this.
"""

from typing import Any, TypeVar

from sqlalchemy import Select, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.sql.statements.inserts import is_postgresql
from adapters.sql.tables import users
from domain.accounts.users import UserId

Query = TypeVar("Query", bound=Select[Any])


def staying(query: Query, *, of: Table = users) -> Query:
    """What it reads of this table is removed by nobody before the transaction ends.

    Whoever is being removed meanwhile is waited for, and then not found.
    """
    return query.with_for_update(read=True, key_share=True, of=of)


def unchanged(query: Query) -> Query:
    """As `staying`, and nobody changes a user's row either."""
    return query.with_for_update(read=True, of=users)


async def hold(connection: AsyncConnection, user_id: UserId) -> None:
    """Let everybody else wait who counts what the user has, or ends logins of theirs.

    What is counted by the next statement is then still so when the transaction ends.
    """
    if is_postgresql(connection):
        row = select(users.c.id).where(users.c.id == user_id)
        await connection.execute(row.with_for_update(key_share=True))
