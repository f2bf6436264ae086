"""Where the files of a server are as quick as memory."""

import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it
ROOM_BYTES = 2_000_000_000
"""Needed there for several servers; what containers have by default is not enough for one."""


def in_memory() -> Path | None:
    """Where a synced write takes no milliseconds, nor waits for what others write; if there."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    return MEMORY if has_room else None
