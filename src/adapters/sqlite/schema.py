"""Whether a database is made as a gateway makes it. Blocks.

SQLite runs the triggers and views of whatever file it opens: one that was slipped into a backup
would change what people have stored, long after it was restored.
"""

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from adapters.sqlite.contents import opened
from adapters.sqlite.faults import StorageUnusable

LITESTREAM = {("table", "_litestream_seq"), ("table", "_litestream_lock")}
"""Left alone, since a database that Litestream follows has them."""

Parts = dict[tuple[str, str], str]
"""Tables, indexes, triggers and views by kind and name, with what makes them."""


def check_schema(path: Path, version: str, *, changes_nothing: bool = False) -> None:
    """Raises StorageUnusable for what no gateway of this version makes, or sqlite3.Error."""
    if strange := strangeness(path, version, changes_nothing=changes_nothing):
        raise StorageUnusable(
            f"{path} {strange}; mend that by hand, or restore a backup with: "
            "emporia-api restore FILE"
        )


def strangeness(path: Path, version: str, *, changes_nothing: bool = False) -> str:
    """What no gateway of this version makes, to follow the file's name; empty where all is well.

    Raises sqlite3.Error.
    """
    # Imported here since alembic is slow to import.
    from adapters.sqlite.migrations import runner

    if version not in runner.versions():
        return f"is of version {version!a}, which no gateway has"
    with opened(path, changes_nothing=changes_nothing) as connection:
        return (
            strange_part(connection, parts_of(runner.parts_of(version)))
            or _strange_version(connection)
            or strange_row(connection)
        )


def strange_part(connection: sqlite3.Connection, made: Parts) -> str:
    """What is there and never made, or made and not there; empty where all is well."""
    found = parts_of(connection.execute("SELECT type, name, sql FROM sqlite_master"))
    for kind, name in sorted(made.keys() - found.keys()):
        return f"lacks the {kind} {name}"
    for kind, name in sorted(found.keys() - made.keys()):
        if (kind, name) not in LITESTREAM or "virtual" in found[kind, name]:
            return f"holds the {kind} {name!a}, which no gateway makes"
    for kind, name in sorted(made):
        if found[kind, name] != made[kind, name]:
            return f"holds the {kind} {name}, but not as a gateway makes it"
    return ""


def _strange_version(connection: sqlite3.Connection) -> str:
    found = connection.execute("SELECT count(*) FROM alembic_version").fetchone()
    return "" if found == (1,) else "is of several versions at once"


def strange_row(connection: sqlite3.Connection) -> str:
    """Rows that belong to nobody; empty where all is well."""
    orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    return "" if orphan is None else f"has rows in {orphan[0]} that belong to none in {orphan[2]}"


def parts_of(rows: Iterable[tuple[str, str, str | None]]) -> Parts:
    """Compared without white space and quotes, which are no part of the meaning.

    What SQLite makes by itself, such as the index of a primary key, has no text or a name of its
    own; of those, triggers and views are never.
    """
    return {
        (kind, name): re.sub(r'[\s"`\[\]]', "", sql).casefold()
        for kind, name, sql in rows
        if sql and not (kind in {"table", "index"} and name.startswith("sqlite_"))
    }
