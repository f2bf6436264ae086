"""The database file, the archive's, and what SQLite keeps beside them."""

from collections.abc import Mapping
from pathlib import Path

from application.ports.operations.storage_size import StorageSize

LOG = "write-ahead log"


class SqliteStorageSize(StorageSize):
    """Asks the file system."""

    def __init__(self, database: Path, archive: Path) -> None:
        self._files = {
            "database": database,
            LOG: Path(f"{database}-wal"),
            "archive": archive,
            f"archive's {LOG}": Path(f"{archive}-wal"),
        }

    async def in_bytes(self) -> Mapping[str, int]:
        return {part: file.stat().st_size for part, file in self._files.items() if file.exists()}
