"""Second factors in memory."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from adapters.fake.store import InMemoryStore, KeptSecondFactor
from application.ports.accounts.second_factors import SecondFactors
from domain.accounts.second_factor import SecondFactor
from domain.accounts.users import UserId


class InMemorySecondFactors(SecondFactors):
    """Keeps them for the users in the same store; nothing is sealed in memory."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store

    async def begin(self, user_id: UserId, secret: str, *, at: datetime) -> bool:
        kept = self._store.second_factors.get(user_id)
        if user_id not in self._store.users or (kept and kept.factor.is_on):
            return False
        factor = SecondFactor(user_id=user_id, secret=secret, begun_at=at)
        self._store.second_factors[user_id] = KeptSecondFactor(factor)
        return True

    async def of_user(self, user_id: UserId) -> SecondFactor | None:
        kept = self._store.second_factors.get(user_id)
        return kept.factor if kept else None

    async def switch_on(
        self, factor: SecondFactor, marks: Collection[bytes], *, at: datetime, step: int
    ) -> bool:
        kept = self._store.second_factors.get(factor.user_id)
        if kept is None or kept.factor.begun_at != factor.begun_at or kept.factor.is_on:
            return False
        kept.factor = replace(kept.factor, since=at)
        kept.last_step = step
        kept.marks = set(marks)
        return True

    async def use_step(self, factor: SecondFactor, step: int) -> bool:
        kept = self._on(factor)
        if kept is None or step <= kept.last_step:
            return False
        kept.last_step = step
        return True

    async def use_recovery_code(self, user_id: UserId, mark: bytes) -> bool:
        kept = self._store.second_factors.get(user_id)
        if kept is None or mark not in kept.marks:
            return False
        kept.marks.remove(mark)
        return True

    async def recovery_codes_left(self, user_id: UserId) -> int:
        kept = self._store.second_factors.get(user_id)
        return len(kept.marks) if kept else 0

    async def replace_recovery_codes(self, factor: SecondFactor, marks: Collection[bytes]) -> bool:
        kept = self._on(factor)
        if kept is None:
            return False
        kept.marks = set(marks)
        return True

    async def remove(self, user_id: UserId) -> bool:
        kept = self._store.second_factors.pop(user_id, None)
        return kept is not None and kept.factor.is_on

    def _on(self, factor: SecondFactor) -> KeptSecondFactor | None:
        kept = self._store.second_factors.get(factor.user_id)
        is_it = kept is not None and kept.factor.is_on and kept.factor.begun_at == factor.begun_at
        return kept if is_it else None
