"""Spent request budgets in memory."""

from collections.abc import Sequence
from datetime import datetime

from adapters.fake.store import InMemoryStore
from application.ports.emporia.leases import Fence
from application.ports.emporia.request_ledger import RequestLedger
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.errors import LeaseLost
from domain.emporia.links import AccountId


class InMemoryRequestLedger(RequestLedger):
    """Keeps counts a minute; hand the same one to a second gateway to play a restart.

    Answers nothing and raises `failure` while one is set.
    """

    def __init__(self, store: InMemoryStore | None = None) -> None:
        self._store = store or InMemoryStore()
        self._requests: dict[AccountId, dict[datetime, int]] = {}
        self.failure: Exception | None = None
        self.newest_fences: dict[AccountId, Fence] = {}

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:
        self._fail_if_told()
        kept = self._requests.get(account, {})
        return [Slot(start, requests) for start, requests in kept.items() if start >= since]

    async def keep(
        self,
        account: AccountId,
        slot: Slot,
        *,
        forget_before: datetime,
        fence: Fence | None = None,
    ) -> None:
        await self.confirm(account, fence)
        kept = self._requests.get(account, {})
        kept = {**kept, slot.start: max(slot.requests, kept.get(slot.start, 0))}
        self._requests[account] = {
            start: requests for start, requests in kept.items() if start >= forget_before
        }

    async def confirm(self, account: AccountId, fence: Fence | None) -> None:
        self._fail_if_told()
        if fence and fence != self.newest_fences.get(account):
            raise LeaseLost

    async def replace(self, account: AccountId, slots: Sequence[Slot]) -> None:
        self._requests[account] = {slot.start: slot.requests for slot in slots}

    async def forget_unlinked(self, before: datetime) -> bool:
        self._fail_if_told()
        linked = {link.account for link in self._store.links.values()}
        erased = False
        for account in self._requests.keys() - linked:
            old = [start for start in self._requests[account] if start < before]
            for start in old:
                del self._requests[account][start]
            erased = erased or bool(old)
        return erased

    def _fail_if_told(self) -> None:
        if self.failure is not None:
            raise self.failure
