"""Secrets that the gateway makes for itself at its first start and keeps in a private file."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE


class SecretFileUnusable(Exception):
    """The file is open to others or does not hold what it should; the sentence says which."""


def load_or_create(path: Path, *, size: int = 32) -> bytes:
    """The secret in this file, made of `size` random bytes when there is no file yet. Blocks.

    Processes that start at once all get the same secret. Raises SecretFileUnusable.
    """
    if not path.exists():
        _create(path, size=size)
    return _load(path, size=size)


def _create(path: Path, *, size: int) -> None:
    """Write the secret aside and link it into place: nobody sees it half written or replaced."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_hex(size)}\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()


def _load(path: Path, *, size: int) -> bytes:
    mode = S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        raise SecretFileUnusable(
            f"{path} can be read by others (mode {mode:04o}); close it with: chmod 600 {path}"
        )
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        secret = b""
    if len(secret) != size:
        raise SecretFileUnusable(
            f"{path} does not hold {size} bytes written as {2 * size} hexadecimal digits; "
            "restore it from a backup, or delete it to have a new secret made."
        )
    return secret
