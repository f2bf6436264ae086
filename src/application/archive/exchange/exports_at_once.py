"""How many exports run, or files are read: each keeps a processor and the disk busy meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from domain.accounts.users import UserId
from domain.archive.exchange.errors import TooManyExports
from domain.errors import Postponed

MOST_OF_USER = 1
MOST_IN_ALL = 4
RETRY_AFTER_SECONDS = 10.0


@dataclass(slots=True, eq=False)
class ExportsAtOnce:
    """Counts those of this process."""

    running: list[UserId] = field(default_factory=list)
    refusal: type[Postponed] = TooManyExports

    @contextmanager
    def place(self, user: UserId) -> Iterator[None]:
        """Have a place while entered; raises the refusal."""
        if len(self.running) >= MOST_IN_ALL or self.running.count(user) >= MOST_OF_USER:
            raise self.refusal(retry_after_seconds=RETRY_AFTER_SECONDS)
        self.running.append(user)
        try:
            yield
        finally:
            self.running.remove(user)
