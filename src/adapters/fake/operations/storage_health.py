"""A database that is up until a test says otherwise."""

from application.ports.operations.storage_health import StorageHealth


class InMemoryStorageHealth(StorageHealth):
    """Answers what `reachable` says."""

    def __init__(self) -> None:
        self.reachable = True

    async def is_reachable(self) -> bool:
        return self.reachable
