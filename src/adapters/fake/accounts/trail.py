"""A trail in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from adapters.fake.store import InMemoryStore
from application.ports.accounts.trail import Trail
from domain.accounts.trail import MOST_OF_A_USER, TrailLine
from domain.accounts.users import UserId
from domain.errors import StorageUnavailable


class InMemoryTrail(Trail):
    """Keeps lines of the users in the same store; while `broken` nothing can be written."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store
        self.broken = False

    async def add(self, lines: Sequence[TrailLine]) -> None:
        self._write()
        for line in lines:
            if line.user_id is None or line.user_id in self._store.users:
                self._add(line)
                self._drop_surplus(line.user_id)

    async def of_user(
        self, user_id: UserId, *, since: datetime, before: datetime | None, most: int
    ) -> Sequence[TrailLine]:
        lines = [line for line in self._newest(since) if line.user_id == user_id]
        return [line for line in lines if before is None or line.at < before][:most]

    async def newest(self, *, since: datetime, most: int) -> Sequence[TrailLine]:
        return self._newest(since)[:most]

    async def forget(self, *, before: datetime) -> None:
        self._write()
        self._store.trail[:] = [line for line in self._store.trail if line.last_at >= before]

    def _write(self) -> None:
        if self.broken:
            raise StorageUnavailable

    def _newest(self, since: datetime) -> list[TrailLine]:
        lines = [line for line in reversed(self._store.trail) if line.last_at >= since]
        return sorted(lines, key=lambda line: line.at, reverse=True)

    def _add(self, line: TrailLine) -> None:
        kept = self._store.trail
        for place, known in enumerate(kept):
            is_same = known.user_id == line.user_id and known.group == line.group
            if is_same and line.group is not None:
                kept[place] = replace(known.and_again(line), at=known.at)
                return
        at = line.at
        while any(known.user_id == line.user_id and known.at == at for known in kept):
            at += timedelta(microseconds=1)
        kept.append(replace(line, at=at))

    def _drop_surplus(self, user_id: UserId | None) -> None:
        kept = self._store.trail
        lines = [line for line in kept if line.user_id == user_id]
        lines.sort(key=lambda line: line.at, reverse=True)
        lines.sort(key=lambda line: line.group is not None)
        for line in lines[MOST_OF_A_USER:]:
            kept.remove(line)
