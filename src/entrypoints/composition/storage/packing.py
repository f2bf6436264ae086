"""Several files in one, sealed or not: a tar, by itself or within an age file. Blocks.

Files go through in pieces, for an archive may be larger than the memory.
"""

import shutil
import tarfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from adapters.security.age import SealRefused, is_sealed, open_by, open_with, seal_to, seal_with
from adapters.sqlite.backup import copy
from adapters.system.private_files import draft
from domain.sizes import told_size

DATABASE = "gateway.sqlite3"
ARCHIVE = "archive.sqlite3"

BEGINNING = b"SQLite format 3\0"

MOST_BY_PASSPHRASE = 256 * 1024 * 1024
"""What is sealed with a passphrase is held in memory, more than twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What seals or opens a backup: a key of age, or a passphrase."""

    key: str = ""
    passphrase: str = ""


class BackupUnusable(Exception):
    """A backup that can't be taken or put back; the sentence says why."""


def pack(
    folder: Path,
    databases: Mapping[str, Path],
    secrets: Sequence[Path],
    to: Path,
    seal: Seal | None,
) -> None:
    """Copy these into one file, by way of drafts in the folder.

    Raises StorageUnusable or SealRefused.
    """
    with ExitStack() as drafts:
        packed = to if seal is None else drafts.enter_context(draft(folder, "backup.tar"))
        with tarfile.open(packed, "w") as tar:
            for name, database in databases.items():
                with draft(folder, "backup") as copied:  # one at a time: they may be large
                    copy(database, copied)
                    tar.add(copied, name)
            for secret in secrets:
                tar.add(secret, secret.name)
        if seal is None:
            return
        if seal.key:
            seal_to(seal.key, packed, to)
            return
        _refuse_large(packed)
        seal_with(seal.passphrase, packed, to)


def unpack(folder: Path, file: Path, seal: Seal | None, to: Mapping[str, Path]) -> None:
    """Write what is in a backup into the files of these names; those it lacks stay empty.

    Raises BackupUnusable or SealRefused.
    """
    if not is_sealed(file):
        if _is_tar(file):
            # One that is not sealed never holds keys, whoever made it.
            _extract(file, file, {name: to[name] for name in (DATABASE, ARCHIVE)})
            return
        with file.open("rb") as source, to[DATABASE].open("wb") as target:
            shutil.copyfileobj(source, target)
        return
    if seal is None:
        raise BackupUnusable(f"{file} is sealed; name --identity-file or --passphrase-file.")
    with draft(folder, "restore.tar") as packed:
        if seal.key:
            open_by(seal.key, file, packed)
        else:
            _refuse_large(file)
            open_with(seal.passphrase, file, packed)
        _extract(file, packed, to)


def _extract(file: Path, packed: Path, to: Mapping[str, Path]) -> None:
    try:
        with tarfile.open(packed, "r:") as tar:
            for name in to.keys() & set(tar.getnames()):
                if member := tar.extractfile(name):
                    with to[name].open("wb") as opened:
                        shutil.copyfileobj(member, opened)
    except (tarfile.TarError, KeyError):  # a link to what is not there is the latter
        raise BackupUnusable(f"{file} holds no backup of this gateway.") from None


def _is_tar(file: Path) -> bool:
    with file.open("rb") as opened:
        if opened.read(len(BEGINNING)) == BEGINNING:
            return False
    return tarfile.is_tarfile(file)


def _refuse_large(file: Path) -> None:
    size = file.stat().st_size
    if size > MOST_BY_PASSPHRASE:
        raise SealRefused(
            f"{told_size(size)} are too much for a passphrase, which needs all of it in memory "
            f"({told_size(MOST_BY_PASSPHRASE)} at most); name --recipient, or leave the archive "
            "out with --without-archive."
        )
