"""The archive as the operator's commands look at it: beside a running gateway, or in its place."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from dependency_injector import providers

from adapters.sqlite.archive.contents import check_archive
from adapters.sqlite.archive.file import HEAD as ARCHIVE_HEAD
from adapters.sqlite.contents import contents_of
from adapters.sqlite.engine import open_engine
from adapters.sqlite.faults import told_of
from adapters.sqlite.migrate import HEAD, refuse_later_version
from application.archive.tell_archives import TellArchives
from application.archive.verify_archive import VerifyArchive
from domain.accounts.users import EmailAddress
from domain.emporia.links import AccountId
from domain.errors import InvalidInput
from entrypoints.composition.container import Container, build_container
from entrypoints.composition.resources import owned
from entrypoints.composition.storage.database import archive_file, database_file, lack_of_database
from entrypoints.composition.storage.secrets import SEALING_KEY
from entrypoints.settings import Settings


class NothingToRead(Exception):
    """There is no archive, or an older one; the sentence says so."""


@asynccontextmanager
async def archive_reader(
    settings: Settings, *, changes_nothing: bool = True
) -> AsyncIterator[Container]:
    """A container whose database and archive are only read, unless told otherwise.

    Every page of the archive's file has been looked at. Raises NothingToRead, StorageUnusable or
    DatabaseTooNew; of PostgreSQL DatabaseUnusable or DatabaseNewer.
    """
    container = build_container(settings)
    if settings.database_url:
        _require_tables(settings)
        _read_only(container, settings, changes_nothing=changes_nothing)
        files: tuple[tuple[Any, Callable[[Settings], Path]], ...] = ()
    else:
        _require_both(settings)
        files = (container.engine, database_file), (container.archive_engine, archive_file)
    for part, file in files:
        part.override(
            providers.Singleton(
                owned,
                container.resources,
                open_engine,
                file(settings),
                changes_nothing=changes_nothing,
                close_by="dispose",
            )
        )
    async with container.resources():
        yield container


def tell_archives(container: Container) -> TellArchives:
    """Tells of the accounts' archives."""
    return TellArchives(
        archives=container.archives(),
        store=container.chunk_store(),
        codec=container.chunk_codec(),
        kept_answers=container.kept_answers() if _has_key(container) else None,
        work=container.heavy_work(),
        clock=container.clock(),
    )


def verify_archive(container: Container) -> VerifyArchive:
    """Looks through an account's archive."""
    return VerifyArchive(
        store=container.chunk_store(),
        codec=container.chunk_codec(),
        work=container.heavy_work(),
        clock=container.clock(),
    )


async def accounts_of(container: Container, email: str | None) -> list[AccountId]:
    """Those that the users with this email have linked; without one, all that have an archive.

    Raises InvalidInput or NothingToRead.
    """
    if email is None:
        return list(await container.archives().accounts())
    key = EmailAddress(email).key
    users = [user for user in await container.list_users()() if user.email.key == key]
    if not users:
        raise InvalidInput(f"Nobody has the email {email}.")
    if not _has_key(container):
        raise NothingToRead(
            f"The sealing key is missing, which links are sealed with; put {SEALING_KEY} back, or "
            "leave --email out."
        )
    links = [await container.emporia_links().of_user(user.id) for user in users]
    accounts = {link.account: None for link in links if link is not None}
    if not accounts:
        raise InvalidInput(f"{email} has no Emporia account linked.")
    return list(accounts)


def _has_key(container: Container) -> bool:
    """Without one it would be made, and nothing is to be changed."""
    settings: Settings = container.settings()
    return bool(settings.sealing_keys) or (settings.data_dir / SEALING_KEY).exists()


def _require_tables(settings: Settings) -> None:
    from adapters.postgresql.migrate import HEAD as POSTGRESQL_HEAD
    from entrypoints.composition.storage import postgresql

    contents, _ = postgresql.look_through(settings)
    if contents.version != POSTGRESQL_HEAD:
        raise NothingToRead(lack_of_database(settings))


def _read_only(container: Container, settings: Settings, *, changes_nothing: bool) -> None:
    from adapters.postgresql.engine import READING_SESSION, SESSION, open_engine

    container.engine.override(
        providers.Singleton(
            owned,
            container.resources,
            open_engine,
            settings.database_url,
            session=READING_SESSION if changes_nothing else SESSION,
            close_by="dispose",
        )
    )


def _require_both(settings: Settings) -> None:
    database, archive = database_file(settings), archive_file(settings)
    with told_of(database):
        contents = contents_of(database, changes_nothing=True)
        refuse_later_version(database, contents.version)
    with told_of(archive):
        if not archive.exists() or contents.version is None:
            raise NothingToRead(
                f"There is no archive in {settings.data_dir}; DATA_DIR names the folder it is in."
            )
        version = check_archive(archive, changes_nothing=True).version
    if (contents.version, version) != (HEAD, ARCHIVE_HEAD):
        raise NothingToRead(
            f"{settings.data_dir} is of an earlier version; bring it up to date with: "
            "emporia-api migrate"
        )
