"""An installation on SQLite, moved into the database of DATABASE_URL. Blocks."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from adapters.postgresql.upkeep.copy_source import SourceUnusable, copy_source
from adapters.postgresql.upkeep.copying import Copied, copy
from adapters.security.secrets_file import read_secret
from adapters.sqlite.faults import told_of
from adapters.system.folder_lock import kept_still
from adapters.system.private_files import draft, put_in_place
from entrypoints.composition.storage import postgresql
from entrypoints.composition.storage.database import alone
from entrypoints.composition.storage.secrets import SEALING_KEY, TOKEN_SECRET
from entrypoints.settings import Settings

SCHEME = "sqlite:///"


def copy_from(settings: Settings, source: str, *, tell: Callable[[str, int], None]) -> Copied:
    """Copy both files and the secrets beside them; a copy that broke off is gone on with.

    `source` is sqlite:/// and the folder, or a database in it. `tell` hears of each table and how
    many of its rows are copied. Raises SourceUnusable, SecretFileUnusable, CopyRefused,
    StorageUnusable, FolderTaken or DatabaseTaken.
    """
    if not settings.database_url:
        raise SourceUnusable("DATABASE_URL is not set: it names the database to copy into.")
    folder = _folder(source)
    with ExitStack() as stack:
        stack.enter_context(alone(settings, patience_seconds=0))
        if folder != settings.data_dir.absolute():
            with told_of(folder):
                stack.enter_context(kept_still(folder))
        read = stack.enter_context(copy_source(folder))
        secrets = _secrets(settings, folder)
        postgresql.make_tables(settings)
        copied = asyncio.run(copy(settings.database_url, read, named=str(folder), tell=tell))
        for secret in secrets:
            with draft(settings.data_dir, secret.name) as written:
                written.write_bytes(secret.read_bytes())
                put_in_place(written, settings.data_dir / secret.name)
    return copied


def _folder(source: str) -> Path:
    if not source.startswith(SCHEME):
        raise SourceUnusable(
            "--copy-from is sqlite:/// and a folder, such as sqlite:////var/lib/emporia-api."
        )
    path = Path(source.removeprefix(SCHEME)).absolute()
    return path.parent if path.is_file() else path


def _refuse_other_key(settings: Settings, there: Path) -> None:
    """What nobody can open any more is worth no copy; another token secret is a login at most."""
    if there.name == SEALING_KEY and read_secret(there) not in settings.sealing_keys:
        raise SourceUnusable(
            f"SEALING_KEYS lacks the key in {there}, which seals what is to be copied; write it "
            f"there too, in base64, after the one that is to seal: xxd -r -p {there} | base64"
        )


def _secrets(settings: Settings, folder: Path) -> list[Path]:
    """The key files that are still to be copied; raises SourceUnusable where others are there."""
    given = {SEALING_KEY: settings.sealing_keys, TOKEN_SECRET: settings.token_secrets}
    wanted = []
    for name, setting in given.items():
        there, here = folder / name, settings.data_dir / name
        if not there.exists():
            continue
        if setting:
            _refuse_other_key(settings, there)
            continue
        if not here.exists():
            wanted.append(there)
        elif here.read_bytes() != there.read_bytes():
            raise SourceUnusable(
                f"{here} is not the {name} of {folder}, which what is copied needs; put that one "
                "in its place first."
            )
    return wanted
