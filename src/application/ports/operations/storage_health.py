"""Whether the database answers."""

from typing import Protocol


class StorageHealth(Protocol):
    """Asks the database for a sign of life."""

    async def is_reachable(self) -> bool:
        """Whether a question to the database is answered in good time; never raises."""
        ...
