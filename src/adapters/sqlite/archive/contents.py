"""What an archive's file holds, looked at from outside of a gateway. Blocks."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from adapters.sql.archive.tables import metadata
from adapters.sqlite.archive.file import HEAD, refuse_later_archive, statements
from adapters.sqlite.contents import check_pages, check_tables, opened
from adapters.sqlite.faults import StorageUnusable
from adapters.sqlite.schema import parts_of, strange_part, strange_row


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveContents:
    """Counts of rows; version 0 is a file without a table."""

    version: int = 0
    accounts: int = 0
    series: int = 0
    chunks: int = 0


def archive_contents_of(path: Path, *, changes_nothing: bool = False) -> ArchiveContents:
    """What is in there; nothing, where there is no file or no table yet. Raises sqlite3.Error."""
    if not path.exists():
        return ArchiveContents()
    with opened(path, changes_nothing=changes_nothing) as connection:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != HEAD:
            return ArchiveContents(version=version)
        accounts, series, chunks = connection.execute(
            "SELECT (SELECT count(*) FROM archives),"
            "(SELECT count(*) FROM series WHERE customer_gid IS NOT NULL),"
            "(SELECT count(*) FROM chunks)"
        ).fetchone()
        return ArchiveContents(version=version, accounts=accounts, series=series, chunks=chunks)


def check_archive(path: Path, *, changes_nothing: bool = False) -> ArchiveContents:
    """Look through a file that is there, every page and all that makes it; what is in it.

    Raises StorageUnusable, DatabaseTooNew or sqlite3.Error.
    """
    check_pages(path, changes_nothing=changes_nothing)
    if version_of(path, changes_nothing=changes_nothing):
        check_tables(path, changes_nothing=changes_nothing, made=metadata)
    if strange := archive_strangeness(path, changes_nothing=changes_nothing):
        raise StorageUnusable(
            f"{path} {strange}; mend that by hand, or restore a backup with: "
            "emporia-api restore FILE"
        )
    return archive_contents_of(path, changes_nothing=changes_nothing)


def version_of(path: Path, *, changes_nothing: bool = False) -> int:
    """The version of its tables, 0 of none; raises DatabaseTooNew for a later one."""
    with opened(path, changes_nothing=changes_nothing) as connection:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    refuse_later_archive(path, version)
    return version


def archive_strangeness(path: Path, *, changes_nothing: bool = False) -> str:
    """What no gateway makes, to follow the file's name; empty where all is well.

    Raises DatabaseTooNew or sqlite3.Error.
    """
    version = version_of(path, changes_nothing=changes_nothing)
    made = _made() if version else {}
    with opened(path, changes_nothing=changes_nothing) as connection:
        return strange_part(connection, made) or strange_row(connection)


def newest_runs(path: Path) -> list[bytes]:
    """The runs of the newest chunk of each scale, which tell when they were read."""
    with opened(path, changes_nothing=True) as connection:
        # SQLite takes what stands beside max() from the row that has it.
        rows = connection.execute("SELECT runs, max(start_at) FROM chunks GROUP BY scale")
        return [runs for runs, _ in rows.fetchall()]


def _made() -> dict[tuple[str, str], str]:
    with sqlite3.connect(":memory:") as connection:
        for statement in statements():
            connection.execute(statement)
        made = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    connection.close()
    return parts_of(made)
