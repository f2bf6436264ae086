"""How often this process has committed to a file, to tell foreign changes from its own."""

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

_WRITING = "is writing"


class OwnCommits:
    """Counts a commit when it begins and when it is over, since a look may fall between."""

    def __init__(self) -> None:
        self.count = 0

    def watch(self, engine: Engine) -> None:
        """Count what goes through this engine; others call `note` before and after."""
        event.listen(engine, "commit", self._begin)
        event.listen(engine, "checkin", self._end)

    def note(self) -> None:
        """A commit begins or is over."""
        self.count += 1

    def _begin(self, connection: Connection) -> None:
        self.note()
        connection.info[_WRITING] = True

    def _end(self, _: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        if entry.info.pop(_WRITING, False):
            self.note()
