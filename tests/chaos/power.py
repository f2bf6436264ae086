"""A disk whose power can be cut: ext4 in a file on a loop device.

What the file system has not been made to flush is in the memory of the machine and not in the file.
So a copy of the file is what a disk holds after a power cut at this moment.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = "64M"
PROGRAMS = ("mkfs.ext4", "mount", "umount", "cp")
COMMAND_SECONDS = 60


def lacking() -> str:
    """A sentence about what this machine lacks for such a disk; empty where there is nothing."""
    lacks = [name for name in PROGRAMS if shutil.which(name) is None]
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        lacks.append("root")
    if not Path("/dev/loop-control").exists():
        lacks.append("loop devices")
    if not lacks:
        return ""
    return f"Cutting the power of a disk needs what this machine lacks: {', '.join(lacks)}."


class Disk:
    """One such disk, mounted at `folder`; everything about it blocks."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "disk"
        self._file = place / "disk.ext4"
        self._after = place / "after.ext4"
        self.folder.mkdir()
        _run("truncate", "--size", SIZE, self._file)
        _run("mkfs.ext4", "-q", self._file)

    @contextmanager
    def mounted(self) -> Iterator[None]:
        """Be there while entered."""
        _run("mount", "-o", "loop", self._file, self.folder)
        try:
            yield
        finally:
            _run("umount", self.folder)

    def note_power_cut(self) -> None:
        """Keep what would be left if the power were cut now; nobody may be writing."""
        _run("cp", "--sparse=always", self._file, self._after)

    def cut(self) -> None:
        """Be as noted; to be called while it is not mounted."""
        self._after.replace(self._file)


def _run(*command: str | Path) -> None:
    done = subprocess.run(  # noqa: S603  # programs of the system, by names of ours
        command, capture_output=True, text=True, timeout=COMMAND_SECONDS, check=False
    )
    assert done.returncode == 0, f"{command[0]}: {done.stderr}"


if __name__ == "__main__":
    if wanting := lacking():
        sys.exit(
            f"{wanting}\nWithout power cuts: "
            ".venv/bin/python -m pytest tests/chaos --ignore tests/chaos/test_power_cuts.py"
        )
