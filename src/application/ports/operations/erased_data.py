"""What erased rows leave behind."""

from typing import Protocol


class ErasedData(Protocol):
    """Remains of what was erased, in files that the storage keeps beside the data."""

    async def wipe(self) -> bool:
        """Wipe all of it now; False when somebody who still reads it would not let go."""
        ...
