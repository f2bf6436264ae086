"""Refusals counted within one process."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

from application.ports.accounts.refusals import Refusals
from application.ports.clock import Clock
from domain.accounts.callers.pauses import PauseRule
from domain.errors import PasswordsBusy

MOST_KEYS = 100_000
"""Some 40 MB. The oldest are forgotten beyond; each of them costs its maker a refused try."""

MOST_WAITING = 20
"""How many of one key may wait for each other; a person waits a second or two for so many."""


@dataclass(slots=True)
class _Record:
    """What is known of one key."""

    refusals: int = 0
    last_refused_at: float | None = None
    under_way: int = 0
    waiting: int = 0
    outcome: asyncio.Event = field(default_factory=asyncio.Event)


class InMemoryRefusals(Refusals):
    """Forgets at a restart, and what was refused too long ago, however the clock is set."""

    def __init__(self, *, rule: PauseRule, clock: Clock) -> None:
        self._rule = rule
        self._clock = clock
        self._records: dict[str, _Record] = {}

    async def begin(self, key: str) -> float:
        while True:
            self._forget_the_old()
            record = self._records.setdefault(key, _Record())
            pause = self._pause(record)
            if pause > 0:
                return pause
            if record.under_way < max(1, self._rule.free_refusals - record.refusals):
                record.under_way += 1
                return 0.0
            if record.waiting >= MOST_WAITING:
                raise PasswordsBusy(retry_after_seconds=1)
            record.waiting += 1
            try:
                await record.outcome.wait()
            finally:
                record.waiting -= 1

    async def end(self, key: str, *, refused: bool) -> None:
        record = self._records[key]
        record.under_way -= 1
        if refused:
            record.refusals += 1
            record.last_refused_at = self._clock.monotonic()
            self._records[key] = self._records.pop(key)  # in the order of the last refusals
        elif not record.refusals and not record.under_way:
            del self._records[key]
        record.outcome.set()
        record.outcome = asyncio.Event()

    def _pause(self, record: _Record) -> float:
        if record.last_refused_at is None:
            return 0.0
        since = self._clock.monotonic() - record.last_refused_at
        return self._rule.seconds_after(record.refusals) - since

    def _forget_the_old(self) -> None:
        """Drop what was refused too long ago, and the oldest while there are too many.

        Keys lie in the order of their last refusals, but for those with a try under way, which
        somebody may wait for.
        """
        until = self._clock.monotonic() - self._rule.forgotten_after_seconds
        surplus = len(self._records) - MOST_KEYS
        for key in tuple(self._idle_until_kept(until, surplus=surplus)):
            del self._records[key]

    def _idle_until_kept(self, until: float, *, surplus: int) -> Iterator[str]:
        for key, record in self._records.items():
            if record.last_refused_at is None or record.under_way:
                continue
            if record.last_refused_at > until and surplus <= 0:
                return
            surplus -= 1
            yield key
