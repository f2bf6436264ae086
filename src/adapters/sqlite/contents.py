"""What a database file holds, looked at from outside of a gateway. Blocks."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import MetaData

from adapters.security.sealing import PREFIX_BYTES
from adapters.sql.tables import metadata
from adapters.sqlite.engine import BUSY_TIMEOUT_MILLISECONDS, mode_of
from adapters.sqlite.faults import damaged, lacking, lacks_table
from adapters.sqlite.storage_health import APPLICATION_ID


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Counts of rows; `links_by_key` counts sealed links by the bytes that name their key."""

    version: str | None = None
    users: int = 0
    links: int = 0
    links_by_key: dict[bytes, int] = field(default_factory=dict)
    known_networks: int = 0
    second_factors: int = 0


@contextmanager
def opened(path: Path, *, changes_nothing: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection to a file that is there already; raises sqlite3.Error."""
    uri = f"{path.absolute().as_uri()}?{urlencode(mode_of(path, changes_nothing=changes_nothing))}"
    timeout = BUSY_TIMEOUT_MILLISECONDS / 1000
    with closing(
        sqlite3.connect(uri, uri=True, isolation_level=None, timeout=timeout)
    ) as connection:
        yield connection


def contents_of(path: Path, *, changes_nothing: bool = False) -> Contents:
    """What is in there; nothing, where there is no file or no table yet. Raises sqlite3.Error."""
    if not path.exists():
        return Contents()
    with opened(path, changes_nothing=changes_nothing) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if not lacks_table(error):
                raise
            return Contents()
        keys = connection.execute(
            "SELECT substr(sealed_tokens, 1, ?), count(*) FROM emporia_links "
            "WHERE sealed_tokens IS NOT NULL GROUP BY 1",
            (PREFIX_BYTES,),
        )
        return Contents(
            version=row[0] if row else None,
            users=_count(connection, "users"),
            links=_count(connection, "emporia_links"),
            links_by_key=dict(keys.fetchall()),
            # Databases of earlier versions have no such tables.
            known_networks=_count(connection, "known_networks") if row and row[0] > "0001" else 0,
            second_factors=_count(connection, "second_factors") if row and row[0] >= "0009" else 0,
        )


def check_pages(path: Path, *, changes_nothing: bool = False) -> None:
    """Look whether every page makes sense; raises StorageUnusable or sqlite3.Error."""
    with opened(path, changes_nothing=changes_nothing) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != ("ok",):
        raise damaged(path)


def check_tables(path: Path, *, changes_nothing: bool = False, made: MetaData = metadata) -> None:
    """Look whether a file of the newest version has every table and column that is made.

    More of them is no fault: Litestream keeps tables of its own. Raises StorageUnusable or
    sqlite3.Error.
    """
    with opened(path, changes_nothing=changes_nothing) as connection:
        found = connection.execute(
            "SELECT tables.name, columns.name FROM sqlite_master AS tables, "
            "pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'"
        ).fetchall()
    wanted = {(table.name, column.name) for table in made.sorted_tables for column in table.c}
    if not wanted <= set(found):
        raise lacking(path)


def try_to_write(path: Path) -> None:
    """Write what stands there already; raises sqlite3.Error."""
    with opened(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")


def _count(connection: sqlite3.Connection, table: str) -> int:
    number: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    return number
