"""Erased rows stay in the server's files until it makes use of their room, and in its log."""

from application.ports.operations.erased_data import ErasedData


class PostgresErasedData(ErasedData):
    """Leaves that to the server, whose files are not ours: its autovacuum frees the room."""

    async def wipe(self) -> bool:
        return True
