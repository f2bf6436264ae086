"""What was in a backup, looked through before it takes the place of anything. Blocks."""

from pathlib import Path

from adapters.sqlite.archive.contents import (
    ArchiveContents,
    archive_contents_of,
    archive_strangeness,
)
from adapters.sqlite.contents import Contents, check_pages, check_tables, contents_of
from adapters.sqlite.faults import StorageUnusable, told_of
from adapters.sqlite.migrate import HEAD, DatabaseTooNew
from adapters.sqlite.schema import strangeness
from entrypoints.composition.storage.packing import BackupUnusable


def looked_through(file: Path, database: Path) -> Contents:
    """What is in the database that was in a backup; raises BackupUnusable."""
    try:
        with told_of(database):
            check_pages(database)
            contents = contents_of(database)
    except StorageUnusable:
        raise BackupUnusable(
            f"{file} is no SQLite database, or a damaged one; nothing was changed."
        ) from None
    if contents.version is None or contents.version > HEAD:
        raise BackupUnusable(f"{file} is no backup of this gateway, or one of a later version.")
    if contents.version == HEAD:
        try:
            check_tables(database)
        except StorageUnusable:
            raise BackupUnusable(f"{file} lacks tables or columns; nothing was changed.") from None
    if strange := strangeness(database, contents.version):
        raise BackupUnusable(f"{file} {strange}; nothing was changed.")
    return contents


def archive_looked_through(file: Path, archive: Path) -> ArchiveContents:
    """What is in the archive that was in a backup; raises BackupUnusable."""
    try:
        with told_of(archive):
            check_pages(archive)
            strange = archive_strangeness(archive)
    except StorageUnusable:
        raise BackupUnusable(
            f"The archive in {file} is no SQLite database, or a damaged one; nothing was changed."
        ) from None
    except DatabaseTooNew:
        raise BackupUnusable(
            f"The archive in {file} is of a later version; nothing was changed."
        ) from None
    if strange:
        raise BackupUnusable(f"The archive in {file} {strange}; nothing was changed.")
    return archive_contents_of(archive)
