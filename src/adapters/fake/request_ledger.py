"""Spent request budgets in memory."""

from collections.abc import Sequence
from datetime import datetime

from application.ports.request_ledger import RequestLedger
from domain.emporia.links import AccountId
from domain.emporia.request_budget import Slot


class InMemoryRequestLedger(RequestLedger):
    """Keeps counts a minute; hand the same one to a second gateway to play a restart."""

    def __init__(self) -> None:
        self._requests: dict[AccountId, dict[datetime, int]] = {}

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:
        kept = self._requests.get(account, {})
        return [Slot(start, requests) for start, requests in kept.items() if start >= since]

    async def keep(self, account: AccountId, slot: Slot, *, forget_before: datetime) -> None:
        kept = {**self._requests.get(account, {}), slot.start: slot.requests}
        self._requests[account] = {
            start: requests for start, requests in kept.items() if start >= forget_before
        }
