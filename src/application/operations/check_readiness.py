"""Whether the gateway can do its work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from application.ports.operations.storage_health import StorageHealth


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReadiness:
    """Looks whether what every request needs is there."""

    storage: StorageHealth
    others_away: Callable[[], Sequence[str]] = tuple
    """What nodes share besides and is away; the gateway can do its work without it for a while."""

    async def __call__(self) -> bool:
        """Whether the database can be reached."""
        return await self.storage.is_reachable()
