"""Backups: what is in one, how it is taken and how it is put back. All of it blocks.

A plain backup is the database, or a tar of the database and the archive. A sealed one is an age
file around a tar of both and of the secrets that are kept as files.
"""

from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

from adapters.sqlite.archive.contents import (
    ArchiveContents,
    archive_contents_of,
    check_archive,
    version_of,
)
from adapters.sqlite.backup import copy, replace
from adapters.sqlite.contents import Contents, check_pages, check_tables, contents_of
from adapters.sqlite.faults import told_of
from adapters.sqlite.migrate import HEAD, refuse_later_version
from adapters.sqlite.schema import check_schema
from adapters.system.folder_lock import is_locked
from adapters.system.private_files import draft, put_in_place, remove_left_drafts
from entrypoints.composition.storage.database import (
    UNFINISHED_RESTORE,
    alone,
    archive_file,
    database_file,
    has_database,
    lack_of_database,
)
from entrypoints.composition.storage.looked_through import (
    archive_looked_through,
    looked_through,
)
from entrypoints.composition.storage.packing import (
    ARCHIVE,
    DATABASE,
    BackupUnusable,
    Seal,
    pack,
    unpack,
)
from entrypoints.composition.storage.secrets import SEALING_KEY, TOKEN_SECRET, secret_files
from entrypoints.settings import Settings

__all__ = ["BackupUnusable", "Seal"]

MEMBERS = (DATABASE, ARCHIVE, SEALING_KEY, TOKEN_SECRET)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What is in a backup beside the database."""

    secrets: tuple[Path, ...]
    has_archive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back; `archive` is None where the backup held none.

    One that was there has stayed then: `kept_archive`.
    """

    contents: Contents
    archive: ArchiveContents | None
    kept_archive: bool


def back_up(
    settings: Settings, file: Path, seal: Seal | None, *, with_archive: bool = True
) -> BackedUp:
    """Copy everything into a new file; an archive of nothing is left out.

    Raises BackupUnusable, StorageUnusable or SealRefused.
    """
    _refuse_postgresql(settings)
    if not has_database(settings):
        raise BackupUnusable(lack_of_database(settings))
    if file.exists():
        raise BackupUnusable(f"{file} is there already; name a new file.")
    if not file.parent.is_dir():
        raise BackupUnusable(f"There is no folder {file.parent}; make it, or name another file.")
    for folder in (file.parent, settings.data_dir):
        remove_left_drafts(folder)
    files = {DATABASE: database_file(settings)}
    if with_archive and _holds_anything(archive_file(settings)):
        files[ARCHIVE] = archive_file(settings)
    secrets = secret_files(settings) if seal is not None else ()
    with told_of(file), draft(file.parent, file.name) as written:
        if seal is None and len(files) == 1:
            copy(files[DATABASE], written)
        else:
            pack(settings.data_dir, files, secrets, written, seal)
        put_in_place(written, file)
    return BackedUp(secrets=secrets, has_archive=ARCHIVE in files)


def restore(settings: Settings, file: Path, seal: Seal | None) -> Restored:
    """Put a backup in the place of what is there; nothing is touched before it was looked through.

    Where it holds no archive, the one that is there stays: it is of Emporia's accounts, whoever
    has an account here. To be called while the folder is locked. Raises BackupUnusable,
    StorageUnusable or SealRefused.
    """
    _refuse_postgresql(settings)
    if not file.is_file():
        # It is read twice, and to its end: a pipe can't be the first, a device may not have one.
        raise BackupUnusable(f"{file} is a pipe or a device; name a file.")
    folder = settings.data_dir
    remove_left_drafts(folder)
    with told_of(database_file(settings)), ExitStack() as drafts:
        found = {name: drafts.enter_context(draft(folder, name)) for name in MEMBERS}
        unpack(folder, file, seal, found)
        contents = looked_through(file, found[DATABASE])
        has_archive = bool(found[ARCHIVE].stat().st_size)
        archive = archive_looked_through(file, found[ARCHIVE]) if has_archive else None
        marker = folder / UNFINISHED_RESTORE
        marker.touch(mode=0o600)
        for name in (SEALING_KEY, TOKEN_SECRET):
            if found[name].stat().st_size:
                put_in_place(found[name], folder / name)
        if has_archive:
            replace(archive_file(settings), by=found[ARCHIVE])
        replace(database_file(settings), by=found[DATABASE])
        marker.unlink()
    return Restored(
        contents=contents,
        archive=archive,
        kept_archive=not has_archive and archive_file(settings).exists(),
    )


def alone_at_once(settings: Settings) -> AbstractContextManager[None]:
    """Have DATA_DIR while no gateway runs on it; raises FolderTaken at once where one does."""
    return alone(settings, patience_seconds=0)


def gateway_runs(settings: Settings) -> bool | None:
    """Whether a gateway runs on DATA_DIR; None where that can't be known."""
    with told_of(settings.data_dir):
        return is_locked(settings.data_dir)


def look_through(settings: Settings) -> Contents:
    """Check every page, table and reference, and count.

    Raises StorageUnusable or DatabaseTooNew.
    """
    if settings.database_url:
        from entrypoints.composition.storage import postgresql

        return postgresql.look_through(settings)[0]
    database = database_file(settings)
    with told_of(database):
        check_pages(database, changes_nothing=True)
        contents = contents_of(database, changes_nothing=True)
        if contents.version == HEAD:
            check_tables(database, changes_nothing=True)
        refuse_later_version(database, contents.version)
        if contents.version is not None:
            check_schema(database, contents.version, changes_nothing=True)
    return contents


def look_through_archive(settings: Settings) -> ArchiveContents | None:
    """The same of the archive; None where there is none.

    Raises StorageUnusable or DatabaseTooNew.
    """
    if settings.database_url:
        from entrypoints.composition.storage import postgresql

        return postgresql.look_through(settings)[1]
    archive = archive_file(settings)
    with told_of(archive):
        return check_archive(archive, changes_nothing=True) if archive.exists() else None


def _refuse_postgresql(settings: Settings) -> None:
    if settings.database_url:
        raise BackupUnusable(
            "DATABASE_URL names PostgreSQL, which is backed up and restored by its own programs: "
            "pg_dump --format=custom, and pg_restore while no gateway runs. Keep the key files of "
            f"{settings.data_dir} beside the backup."
        )


def _holds_anything(archive: Path) -> bool:
    """Raises StorageUnusable or DatabaseTooNew: what can't be read is not left out in silence."""
    with told_of(archive):
        if not archive.exists():
            return False
        version_of(archive, changes_nothing=True)
        contents = archive_contents_of(archive, changes_nothing=True)
    return bool(contents.accounts or contents.chunks)
