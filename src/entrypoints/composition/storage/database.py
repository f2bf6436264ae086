"""Where the database is, whose it is, and how it comes to the newest schema."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from adapters.sql.archive.tables import metadata as archive_tables
from adapters.sqlite.archive.file import upgrade_archive
from adapters.sqlite.contents import Contents, check_pages, check_tables, contents_of, try_to_write
from adapters.sqlite.faults import told_of
from adapters.sqlite.migrate import upgrade
from adapters.system.folder_lock import locked
from entrypoints.composition.storage.secrets import refuse_lost_data, refuse_lost_secrets
from entrypoints.settings import Settings

UNFINISHED_RESTORE = "restore-unfinished"
"""A file that is there for as long as a restore may have replaced one file and not the next."""


class RestoreCutOff(Exception):
    """A restore ended half way; the sentence says what to do."""


def database_file(settings: Settings) -> Path:
    """Where everything is kept but what was measured."""
    return settings.data_dir / "gateway.sqlite3"


def archive_file(settings: Settings) -> Path:
    """Where what was measured is kept."""
    return settings.data_dir / "archive.sqlite3"


def place(settings: Settings) -> str:
    """Where what is kept is, without a secret, to follow `the database`."""
    return "of DATABASE_URL" if settings.database_url else f"in {settings.data_dir}"


def lack_of_database(settings: Settings) -> str:
    """The sentence for where no gateway has ever run."""
    if settings.database_url:
        return "The database of DATABASE_URL has no tables yet; make them: emporia-api migrate"
    return f"There is no database in {settings.data_dir}; DATA_DIR names the folder it is in."


def has_database(settings: Settings) -> bool:
    """Whether a gateway has ever run on these settings; raises what `migrate` does."""
    if settings.database_url:
        from entrypoints.composition.storage import postgresql

        return postgresql.has_tables(settings)
    with told_of(database_file(settings)):
        return database_file(settings).exists()


def migrate(settings: Settings) -> None:
    """Bring the database to the newest schema, and see that it can be worked with. Blocks.

    Raises StorageUnusable, DatabaseTooNew or RestoreCutOff; of PostgreSQL DatabaseUnusable or
    DatabaseNewer.
    """
    if settings.database_url:
        from entrypoints.composition.storage import postgresql

        postgresql.migrate(settings)
        return
    path = database_file(settings)
    with told_of(path):
        refuse_cut_off_restore(settings)
        if path.exists():
            check_pages(path)
        upgrade(path)
        check_tables(path)
        try_to_write(path)
    archive = archive_file(settings)
    with told_of(archive):
        if archive.exists():
            check_pages(archive)
        upgrade_archive(archive)
        check_tables(archive, made=archive_tables)
        try_to_write(archive)


def refuse_cut_off_restore(settings: Settings) -> None:
    """Work on no files of which only some are those of a backup; raises RestoreCutOff."""
    if (settings.data_dir / UNFINISHED_RESTORE).exists():
        raise RestoreCutOff(
            f"A restore into {settings.data_dir} was cut off; "
            "run it again: emporia-api restore FILE"
        )


def prepare(settings: Settings) -> None:
    """As `migrate`, for work on what earlier runs have kept: what they kept has to be there.

    Raises LostFile too.
    """
    contents = _contents(settings)
    refuse_lost_data(settings, contents)
    migrate(settings)
    refuse_lost_secrets(settings, contents)


def _contents(settings: Settings) -> Contents:
    if settings.database_url:
        from entrypoints.composition.storage import postgresql

        return postgresql.contents(settings)
    path = database_file(settings)
    with told_of(path):
        return contents_of(path)


@contextmanager
def alone(
    settings: Settings, *, patience_seconds: float | None = None, may_be_joined: bool = False
) -> Iterator[None]:
    """Be the one gateway on DATA_DIR while entered, and on its PostgreSQL.

    Where it `may_be_joined`, NATS_URL lets others be there that are joined by it too. Blocks while
    the one before stops, SHUTDOWN_GRACE_SECONDS at most unless told otherwise. Raises FolderTaken
    or StorageUnusable; of PostgreSQL DatabaseTaken or DatabaseUnusable.
    """
    patience = settings.shutdown_grace_seconds if patience_seconds is None else patience_seconds
    with ExitStack() as lock:
        with told_of(settings.data_dir):
            lock.enter_context(locked(settings.data_dir, patience_seconds=patience))
        if settings.database_url:
            from entrypoints.composition.storage import postgresql

            is_joined = may_be_joined and bool(settings.nats_url)
            lock.enter_context(
                postgresql.alone(settings, patience_seconds=patience, is_joined=is_joined)
            )
        yield
