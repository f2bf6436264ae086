"""Where every transaction begins in which something of an Emporia account is written."""

from contextlib import AbstractAsyncContextManager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.emporia.links import AccountId


class AccountWrites:
    """Alone on its database, a gateway may always write."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    def begin(self, account: AccountId) -> AbstractAsyncContextManager[AsyncConnection]:  # noqa: ARG002
        """A transaction, committed at the end; raises StorageUnavailable."""
        return self._engine.begin()
