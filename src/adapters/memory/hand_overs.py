"""Logins that wait for their page, within one process."""

from datetime import datetime

from application.ports.accounts.openid.flows import HandOvers
from domain.accounts.identities import HAND_OVER_LASTS, HandOver

MOST = 10_000
"""Each has cost a sign-in at the provider; the oldest are forgotten beyond."""


class InMemoryHandOvers(HandOvers):
    """Forgets at a restart, as whoever waits begins again in a moment."""

    def __init__(self) -> None:
        self._waiting: dict[str, HandOver] = {}

    async def add(self, code: str, hand_over: HandOver) -> None:
        until = hand_over.begun_at - HAND_OVER_LASTS
        for old, one in tuple(self._waiting.items()):
            if one.begun_at > until and len(self._waiting) < MOST:
                break
            del self._waiting[old]
        self._waiting[code] = hand_over

    async def take(self, code: str, *, now: datetime) -> HandOver | None:
        waiting = self._waiting.pop(code, None)
        is_in_time = waiting is not None and now - waiting.begun_at <= HAND_OVER_LASTS
        return waiting if is_in_time else None
