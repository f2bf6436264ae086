"""Secrets that the gateway makes for itself at its first start and keeps in a private file."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

from adapters.system.private_files import draft, put_if_new


class SecretFileUnusable(Exception):
    """The file is open to others or does not hold what it should; the sentence says which."""


def load_or_create(path: Path, *, size: int = 32) -> bytes:
    """The secret in this file, made of `size` random bytes when there is no file yet. Blocks.

    Processes that start at once all get the same secret. Raises SecretFileUnusable.
    """
    if not path.exists():
        _create(path, size=size)
    return read_secret(path, size=size)


def _create(path: Path, *, size: int) -> None:
    """Write the secret aside and put it in place: nobody sees it half written or replaced."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with draft(path.parent, path.name) as written:
        written.write_text(f"{secrets.token_hex(size)}\n", encoding="ascii")
        with suppress(FileExistsError):
            put_if_new(written, path)


def read_secret(path: Path, *, size: int = 32) -> bytes:
    """The secret in this file, which is there. Blocks; raises SecretFileUnusable."""
    mode = S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        raise SecretFileUnusable(
            f"{path} can be read by others (mode {mode:04o}); close it with: chmod 600 {path}. "
            "Where the file system knows no modes, set TOKEN_SECRETS and SEALING_KEYS instead."
        )
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii"))
    except PermissionError:
        raise SecretFileUnusable(
            f"{path} can't be read; give it to the user that the gateway runs as."
        ) from None
    except ValueError:
        secret = b""
    if len(secret) != size:
        raise SecretFileUnusable(
            f"{path} does not hold {size} bytes written as {2 * size} hexadecimal digits; "
            "restore it from a backup, or delete it to have a new secret made."
        )
    return secret
