"""Whether the gateway can do its work."""

from dataclasses import dataclass

from application.ports.operations.storage_health import StorageHealth


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReadiness:
    """Looks whether what every request needs is there."""

    storage: StorageHealth

    async def __call__(self) -> bool:
        """Whether the database can be reached."""
        return await self.storage.is_reachable()
