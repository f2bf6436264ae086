"""What is sent to be taken in, as private files in a folder."""

import os
import shutil
import threading
from collections.abc import AsyncIterable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from adapters.system.private_files import new_draft, remove_drafts
from application.ports.archive.import_files import UploadedFiles
from application.ports.heavy_work import HeavyWork
from domain.errors import StorageUnavailable

Kept = TypeVar("Kept")

NAME = "import"
PIECE_BYTES = 1024 * 1024
LEAST_FREE_BYTES = 256 * 1024 * 1024
"""So much stays free: the archive and the database have to be written too."""

NO_ROOM = "There is too little room on the gateway's disk for this file."


class DiskUploadedFiles(UploadedFiles[Kept]):
    """Files of mode 0600 with a name of chance, deleted when they were read, or at the next start.

    `made_of` makes of a path what reads it. Each in a folder has a `name` of its own, for it takes
    files of that name for its own.
    """

    def __init__(
        self,
        folder: Path,
        *,
        made_of: Callable[[Path], Kept],
        work: HeavyWork,
        name: str = NAME,
    ) -> None:
        self._name = name
        self._folder = folder
        self._made_of = made_of
        self._work = work
        self._paths: dict[Kept, Path] = {}
        self._own: set[Path] = set()
        self._lock = threading.Lock()

    async def keep(self, parts: AsyncIterable[bytes], *, expected: int | None) -> Kept:
        path = await self._work(partial(self._begin, expected or 0))
        try:
            await self._write(path, parts)
            kept = await self._work(lambda: self._made_of(path))
        except BaseException as error:
            self._remove(path)
            if isinstance(error, OSError):
                raise StorageUnavailable from error
            raise
        self._paths[kept] = path
        return kept

    async def _write(self, path: Path, parts: AsyncIterable[bytes]) -> None:
        piece = bytearray()
        async for part in parts:
            piece += part
            if len(piece) >= PIECE_BYTES:
                await self._work(partial(self._put, path, bytes(piece)))
                piece.clear()
        await self._work(partial(self._put, path, bytes(piece)))

    def _begin(self, expected: int) -> Path:
        try:
            self._require_room(expected)
            with self._lock:
                path = new_draft(self._folder, self._name)
                self._own.add(path)
        except OSError as error:
            raise StorageUnavailable from error
        return path

    def _put(self, path: Path, piece: bytes) -> None:
        """Opened anew each time: a thread may still write when nobody waits for it any more."""
        self._require_room(len(piece))
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND)
        try:
            left = memoryview(piece)
            while left:
                left = left[os.write(descriptor, left) :]
        finally:
            os.close(descriptor)

    def _require_room(self, wanted: int) -> None:
        if shutil.disk_usage(self._folder).free < wanted + LEAST_FREE_BYTES:
            raise StorageUnavailable(NO_ROOM)

    def _remove(self, path: Path) -> None:
        with suppress(OSError):
            path.unlink()
        self._own.discard(path)

    async def drop(self, file: Kept) -> None:
        await self._work(partial(self._remove, self._paths.pop(file)))

    async def clear(self) -> None:
        await self._work(self._clear)

    def _clear(self) -> None:
        """What is sent just now stays."""
        with self._lock:
            remove_drafts(self._folder, self._name, but=self._own)
