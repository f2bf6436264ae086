"""The archive as the operator's commands look at it: beside a running gateway, or in its place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

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
from entrypoints.composition.storage.database import archive_file, database_file
from entrypoints.composition.storage.secrets import SEALING_KEY
from entrypoints.settings import Settings


class NothingToRead(Exception):
    """There is no archive, or an older one; the sentence says so."""


@asynccontextmanager
async def archive_reader(
    settings: Settings, *, changes_nothing: bool = True
) -> AsyncIterator[Container]:
    """A container whose two files are only read, unless told otherwise.

    Every page of the archive has been looked at. Raises NothingToRead, StorageUnusable or
    DatabaseTooNew.
    """
    _require_both(settings)
    container = build_container(settings)
    for part, file in ((container.engine, database_file), (container.archive_engine, archive_file)):
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
