"""Looks at the program, and at the folder that everything is kept in."""

import os
import platform
import shutil
import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from stat import S_IMODE

from adapters.system.folder_lock import is_locked
from adapters.system.private_files import left_drafts
from application.ports.operations.checks import Check
from domain.operations.findings import Finding, fine, note, wrong

LEAST_FREE_BYTES = 100_000_000
OLDEST_SQLITE = (3, 24, 0)
"""The first that knows `ON CONFLICT DO UPDATE`."""


class VersionsCheck(Check):
    """Says what runs."""

    about = "versions"

    async def look(self) -> Sequence[Finding]:
        says = (
            f"emporia-api {version('emporia-energy-api')}, Python {platform.python_version()}, "
            f"SQLite {sqlite3.sqlite_version}, {platform.system()} {platform.machine()}"
        )
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            return [wrong(self.about, f"{says}: SQLite 3.24 or newer is needed.")]
        return [fine(self.about, says)]


class DataFolderCheck(Check):
    """Looks whether the gateway can work in its folder, and others can not."""

    about = "folder"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def look(self) -> Sequence[Finding]:
        folder = self._folder
        if not folder.exists():
            return [self._absent()]
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            return [wrong(self.about, self._closed())]
        free = shutil.disk_usage(folder).free
        if free < LEAST_FREE_BYTES:
            return [
                wrong(
                    self.about,
                    f"{folder} has {free // 1_000_000} MB left; make room, for a full disk "
                    "keeps everybody from signing up and linking.",
                )
            ]
        mode = S_IMODE(folder.stat().st_mode)
        if os.name == "posix" and mode & 0o077:
            return [
                note(
                    self.about,
                    f"others may look into {folder} (mode {mode:04o}); close it with: "
                    f"chmod 700 {folder}",
                )
            ]
        return [fine(self.about, f"{folder} (mode {mode:04o}, {free // 10**9} GB free)")]

    def _absent(self) -> Finding:
        near = next(parent for parent in self._folder.absolute().parents if parent.exists())
        if os.access(near, os.W_OK | os.X_OK):
            return fine(self.about, f"{self._folder} is not there yet; the first start makes it")
        return wrong(
            self.about,
            f"{self._folder} is not there and can't be made in {near}; make it, and give it to "
            "the user that the gateway runs as.",
        )

    def _closed(self) -> str:
        if os.statvfs(self._folder).f_flag & os.ST_RDONLY:
            return (
                f"{self._folder} is on a file system that is mounted read-only; mount it to write."
            )
        owner = self._folder.stat().st_uid
        whose = f"user {owner}" if owner != os.getuid() else "this user"
        return (
            f"{self._folder} belongs to {whose} and can't be written by user {os.getuid()}; run "
            f"doctor as the user of the gateway, or: chown -R {os.getuid()} {self._folder}"
        )


class LeftoversCheck(Check):
    """Names what a backup or a restore that was killed has left; nothing where there is none."""

    about = "leftovers"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def look(self) -> Sequence[Finding]:
        left = left_drafts(self._folder)
        if not left:
            return []
        names = ", ".join(file.name for file in left)
        return [
            note(
                self.about,
                f"{self._folder} holds what a backup or a restore that was killed has left: "
                f"{names}; the next backup removes it, or delete it",
            )
        ]


class LockCheck(Check):
    """Says whether a gateway runs on the folder: another one would not start."""

    about = "lock"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def look(self) -> Sequence[Finding]:
        runs = is_locked(self._folder)
        if runs is None:
            return [
                note(
                    self.about,
                    f"the file system of {self._folder} knows no locks; let one gateway alone use "
                    "it, and rather keep it on a local disk",
                )
            ]
        if runs:
            return [fine(self.about, f"a gateway runs on {self._folder}; a second one would not")]
        return [fine(self.about, f"no gateway runs on {self._folder} just now")]
