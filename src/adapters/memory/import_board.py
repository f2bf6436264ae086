"""How imports go, within one process."""

from datetime import timedelta

from application.ports.archive.import_board import ENDED, ImportBoard, ImportStatus
from application.ports.clock import Clock
from domain.accounts.users import UserId

LASTS = timedelta(days=1)
"""How long it is told how an import ended."""

MOST_OF_USER = 20
MOST = 2_000


class InMemoryImportBoard(ImportBoard):
    """Forgets the oldest that have ended, of a user and of all, beyond so many."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told: dict[str, ImportStatus] = {}

    def put(self, status: ImportStatus) -> None:
        self._told[status.id] = status
        self._forget()
        of_user = [each for each in self._told.values() if each.user_id == status.user_id]
        self._forget_oldest(of_user, MOST_OF_USER)
        self._forget_oldest(list(self._told.values()), MOST)

    def of_user(self, user_id: UserId, import_id: str) -> ImportStatus | None:
        self._forget()
        status = self._told.get(import_id)
        return status if status is not None and status.user_id == user_id else None

    def newest(self, user_id: UserId) -> ImportStatus | None:
        self._forget()
        of_user = [each for each in self._told.values() if each.user_id == user_id]
        return of_user[-1] if of_user else None

    def _forget(self) -> None:
        before = self._clock.now() - LASTS
        for status in tuple(self._told.values()):
            if status.ended_at is not None and status.ended_at < before:
                del self._told[status.id]

    def _forget_oldest(self, told: list[ImportStatus], most: int) -> None:
        ended = [status for status in told if status.state in ENDED]
        for status in ended[: max(0, len(told) - most)]:
            del self._told[status.id]
