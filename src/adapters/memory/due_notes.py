"""What is worth a row in the storage once a minute, and no more often."""

from datetime import datetime, timedelta

PAUSE = timedelta(minutes=1)
MOST_REMEMBERED = 10_000


class DueNotes:
    """Remembers when something was noted last. Full, it begins anew, so that memory is bounded."""

    def __init__(self) -> None:
        self._noted_at: dict[str, datetime] = {}

    def is_due(self, name: str, *, at: datetime) -> bool:
        """Whether it was not noted for a minute; whoever hears so notes it now.

        A clock that was set back counts as a minute too.
        """
        noted_at = self._noted_at.get(name)
        if noted_at is not None and abs(at - noted_at) < PAUSE:
            return False
        if len(self._noted_at) >= MOST_REMEMBERED:
            self._noted_at.clear()
        self._noted_at[name] = at
        return True
