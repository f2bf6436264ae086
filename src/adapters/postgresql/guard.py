"""What an engine does about its server: what breaks is told as ours, and logged when it begins."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from asyncpg import InternalClientError
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from adapters.postgresql.faults import is_busy, is_of_storage, name_of
from domain.errors import StorageBusy, StorageUnavailable

REST_SECONDS = 600.0
"""A fault that comes back after so long is worth another line in the log."""

logger = logging.getLogger(__name__)


class PostgresGuard:
    """Listens to an engine; what its server fails at is told as StorageUnavailable."""

    def __init__(self, *, time: Callable[[], float] = time.monotonic) -> None:
        self._time = time
        self._seen: dict[str, float] = {}

    def watch(self, engine: Engine) -> None:
        """Look after all that goes through this engine."""
        event.listen(engine, "handle_error", self._fold)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Do the same for what does not go through it."""
        try:
            yield
        except Exception as error:
            failure = self.told(error)
            if failure is None:
                raise
            raise failure from None

    def told(self, error: BaseException | None) -> StorageUnavailable | None:
        """What to raise in its place; None where it is the caller's own fault."""
        if error is None or isinstance(error, StorageUnavailable) or not is_of_storage(error):
            return None
        self._log(name_of(error))
        return StorageBusy() if is_busy(error) else StorageUnavailable()

    def _fold(self, context: ExceptionContext) -> BaseException | None:
        error = context.original_exception
        _forget_values(error)
        if isinstance(error, TimeoutError) or isinstance(error.__cause__, InternalClientError):
            _let_go(context)
        return self.told(error)

    def _log(self, fault: str) -> None:
        """Tell a fault when it begins, not with every request that meets it."""
        now, last = self._time(), self._seen.get(fault)
        self._seen[fault] = now
        if last is None or now - last > REST_SECONDS:
            logger.error("the database fails: %s", fault)


def _forget_values(error: BaseException) -> None:
    """PostgreSQL quotes the row that broke a rule: emails and hashes have no place in a log."""
    for each in (error, error.__cause__):
        if getattr(each, "detail", None):
            each.detail = None  # type: ignore[union-attr]


def _let_go(context: ExceptionContext) -> None:
    """End a connection whose server does not answer, or its rollback waits as long again."""
    if context.connection is not None:
        driver = context.connection.connection.driver_connection
        if driver is not None:
            driver.terminate()
