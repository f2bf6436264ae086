"""How much room the storage takes."""

from collections.abc import Mapping
from typing import Protocol


class StorageSize(Protocol):
    """Measures the storage; quick enough for the event loop."""

    def in_bytes(self) -> Mapping[str, int]:
        """Bytes by part; a part that is not there is left out."""
        ...
