"""Files that nobody else may read, which are there as a whole or not at all. Blocks."""

import errno
import os
import re
import secrets
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""How a file system says that a file can't have two names: exFAT, FAT, some network shares."""


LEFT_AFTER_SECONDS = 3600.0

_PREFIX = ".emporia-api."
_DRAFT = re.compile(re.escape(_PREFIX) + r".+\.[0-9a-f]{16}(-journal|-shm|-wal)?")


@contextmanager
def draft(folder: Path, name: str) -> Iterator[Path]:
    """A private file, 0600 before there is a byte in it, that is gone afterwards.

    A process that is killed leaves it; `left_drafts` finds it then.
    """
    file = new_draft(folder, name)
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def new_draft(folder: Path, name: str) -> Path:
    """A private file, 0600 before there is a byte in it, for whoever removes it."""
    file = folder / f"{_PREFIX}{name}.{secrets.token_hex(8)}"
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return file


def remove_drafts(folder: Path, name: str, *, but: Collection[Path]) -> None:
    """Remove all others of this name: whoever wrote them is gone. What can't be removed stays."""
    for file in folder.glob(f"{_PREFIX}{name}.*"):
        if _DRAFT.fullmatch(file.name) and file not in but:
            with suppress(OSError):
                file.unlink()


def left_drafts(folder: Path) -> list[Path]:
    """Drafts that nobody has written to for an hour, and what SQLite kept beside them."""
    if not folder.is_dir():
        return []
    before = time.time() - LEFT_AFTER_SECONDS
    return [
        file
        for file in sorted(folder.glob(f"{_PREFIX}*"))
        if _DRAFT.fullmatch(file.name) and _is_older(file, before)
    ]


def remove_left_drafts(folder: Path) -> None:
    """Remove what may hold a whole database; what can't be removed stays."""
    for file in left_drafts(folder):
        with suppress(OSError):
            file.unlink()


def _is_older(file: Path, before: float) -> bool:
    try:
        return file.is_file() and file.stat().st_mtime < before
    except OSError:  # somebody else was faster
        return False


def put_in_place(whole: Path, file: Path) -> None:
    """Let a draft take the place of another file, so that a power cut leaves one of the two."""
    sync(whole)
    whole.replace(file)
    sync_names(file.parent)


def put_if_new(whole: Path, file: Path) -> None:
    """Let a draft have this name, unless there is a file of it: that one stays as it is.

    Raises FileExistsError.
    """
    sync(whole)
    try:
        file.hardlink_to(whole)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        _write_if_new(whole.read_bytes(), file)
    sync_names(file.parent)


def _write_if_new(content: bytes, file: Path) -> None:
    """The same where a file has but one name; for a moment others may see an empty one."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
    except BaseException:
        file.unlink()
        raise


def sync(file: Path) -> None:
    """See what was written into a file to the disk."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_names(folder: Path) -> None:
    """See the names in a folder to the disk, where the system can do that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)
