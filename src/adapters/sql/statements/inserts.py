"""What databases word differently: rows that are there already, and why a row is refused."""

from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

Database = AsyncEngine | AsyncConnection


def is_postgresql(database: Database) -> bool:
    """Whether many may write at once, so that what is counted has to be held first."""
    return database.dialect.name == "postgresql"


def insert_into(database: Database, table: Table) -> sqlite.Insert:
    """An insert that can say what becomes of a row that is there already.

    Both databases' have the same methods; PostgreSQL's is loaded when it is asked for.
    """
    if not is_postgresql(database):
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return cast(sqlite.Insert, postgresql.insert(table))


def is_taken(error: IntegrityError, table: Table, column: str) -> bool:
    """Whether a row was refused since another one has the same in this column."""
    told = str(error.orig)
    return f"{table.name}.{column}" in told or (
        f'constraint "uq_{table.name}_' in told and f'{column}"' in told
    )


def lacks_owner(error: IntegrityError) -> bool:
    """Whether a row was refused since what it belongs to is not there."""
    return "foreign key" in str(error.orig).lower()
