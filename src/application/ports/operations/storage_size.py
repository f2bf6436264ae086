"""How much room the storage takes."""

from collections.abc import Mapping
from typing import Protocol


class StorageSize(Protocol):
    """Measures the storage."""

    async def in_bytes(self) -> Mapping[str, int]:
        """Bytes by part; a part that is not there, or can't be measured, is left out."""
        ...
