"""Storage of a size that is told."""

from collections.abc import Mapping

from application.ports.operations.storage_size import StorageSize


class FixedStorageSize(StorageSize):
    """Is as large as its maker says."""

    def __init__(self, **parts: int) -> None:
        self._parts = parts

    async def in_bytes(self) -> Mapping[str, int]:
        return self._parts
