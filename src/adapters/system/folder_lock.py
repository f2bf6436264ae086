"""One gateway a folder: what a process has in memory of its data must stay true.

Two would each count a budget of their own, and hear of each other's logouts and deletions late.
"""

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EACCES, EAGAIN
from pathlib import Path

try:
    import fcntl
except ImportError:  # it does not exist for Windows
    fcntl = None  # type: ignore[assignment]

LOCK_FILE = "gateway.lock"
LOOK_SECONDS = 0.1

logger = logging.getLogger(__name__)


class FolderTaken(Exception):
    """Another gateway runs on the folder; the sentence says what to do."""


class FolderNotMade(Exception):
    """There is no folder, and none can be made; the sentence says what to do."""


@contextmanager
def locked(
    folder: Path, *, patience_seconds: float, sleep: Callable[[float], None] = time.sleep
) -> Iterator[None]:
    """Have the folder for oneself while entered; the system lets go of it when the process ends.

    Makes the folder where it lacks. Blocks for as long as the one before needs to stop, at most
    `patience_seconds`. Where the file system knows no locks, that is logged and nothing is locked.
    Raises FolderTaken or FolderNotMade.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderNotMade(
            f"The folder {folder} can't be made: {error.strerror}; set DATA_DIR to one that can."
        ) from None
    # The file stays: whoever removed it would let a third lock another one of the same name.
    descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(descriptor, folder, patience_seconds, sleep)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def kept_still(folder: Path) -> Iterator[None]:
    """See that no gateway runs on the folder while entered; nothing in it is changed.

    Raises FolderTaken.
    """
    if not (folder / LOCK_FILE).exists():
        yield
        return
    descriptor = os.open(folder / LOCK_FILE, os.O_RDONLY)
    try:
        if not _try(descriptor, shared=True):
            raise FolderTaken(f"A gateway runs on {folder}; stop it first.")
        yield
    finally:
        os.close(descriptor)


def is_locked(folder: Path) -> bool | None:
    """Whether a gateway runs on the folder just now; None where that can't be known."""
    if not (folder / LOCK_FILE).exists():
        return False
    descriptor = os.open(folder / LOCK_FILE, os.O_RDONLY)
    try:
        return not _try(descriptor, shared=True)
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _take(
    descriptor: int, folder: Path, patience_seconds: float, sleep: Callable[[float], None]
) -> None:
    looks = int(patience_seconds / LOOK_SECONDS)
    for look in range(looks + 1):
        try:
            if _try(descriptor):
                return
        except OSError as error:
            logger.warning(
                "%s can't be locked (%s): see to it that no other gateway uses it",
                folder,
                error.strerror,
            )
            return
        if look == 0 and looks:
            logger.info("another gateway uses %s; waiting for it to stop", folder)
        if look < looks:
            sleep(LOOK_SECONDS)
    raise FolderTaken(
        f"Another gateway runs on {folder}; stop it, or set DATA_DIR to a folder of its own."
    )


def _try(descriptor: int, *, shared: bool = False) -> bool:
    """Whether it could be locked; raises OSError where nothing can be."""
    if fcntl is None:
        return True
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {EACCES, EAGAIN}:
            return False
        raise
    return True
