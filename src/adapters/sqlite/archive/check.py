"""Looks at the archive's file."""

import asyncio
import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from stat import S_IMODE

from adapters.sqlite.archive.contents import ArchiveContents, check_archive, newest_runs
from adapters.sqlite.faults import StorageUnusable, not_writable, told_of
from adapters.sqlite.migrate import DatabaseTooNew
from application.ports.operations.checks import Check
from domain.archive.chunks import Run
from domain.instants import format_instant
from domain.operations.findings import Finding, fine, note, wrong
from domain.sizes import told_size


class ArchiveCheck(Check):
    """Lets SQLite look through it, and tells when something was recorded last."""

    about = "archive"

    def __init__(
        self, path: Path, *, is_recorded: bool, runs: Callable[[bytes], Iterable[Run]]
    ) -> None:
        """`runs` reads those of a chunk, and is asked only where there is one."""
        self._path = path
        self._is_recorded = is_recorded
        self._runs = runs

    async def look(self) -> Sequence[Finding]:
        return [await asyncio.to_thread(self._look)]

    def _look(self) -> Finding:
        recorder = f"the recorder is {'on' if self._is_recorded else 'off'}"
        try:
            with told_of(self._path):
                if not self._path.exists():
                    return fine(
                        self.about,
                        f"{self._path} is not there yet; the next start makes it; {recorder}",
                    )
                contents = check_archive(self._path, changes_nothing=True)
                last = self._last_read_at(contents)
        except (StorageUnusable, DatabaseTooNew) as unusable:
            return wrong(self.about, str(unusable))
        if not os.access(self._path, os.R_OK | os.W_OK):
            return wrong(self.about, str(not_writable(self._path)))
        mode = S_IMODE(self._path.stat().st_mode)
        if os.name == "posix" and mode & 0o077:
            return note(
                self.about,
                f"others can read {self._path} (mode {mode:04o}); the next start closes it",
            )
        size = told_size(self._path.stat().st_size)
        return fine(
            self.about,
            f"{self._path}, whole, mode {mode:04o}, {size}, {contents.series} series, "
            f"last recorded {last}; {recorder}",
        )

    def _last_read_at(self, contents: ArchiveContents) -> str:
        found = newest_runs(self._path) if contents.chunks else []
        read_at = max((run.read_at for runs in found for run in self._runs(runs)), default=0)
        return format_instant(datetime.fromtimestamp(read_at, UTC)) if read_at else "never"
