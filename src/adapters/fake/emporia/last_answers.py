"""Emporia's last answers in memory."""

from adapters.fake.store import InMemoryStore
from application.ports.emporia.last_answers import LastAnswer, LastAnswers
from domain.emporia.links import AccountId, EmporiaLink


class InMemoryLastAnswers(LastAnswers):
    """Keeps answers for the links in the same store; nothing is sealed in memory."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store
        self.writes = 0

    async def keep(self, link: EmporiaLink, kind: str, answer: LastAnswer) -> None:
        known = self._store.links.get(link.user_id)
        if known is None or known.linked_at != link.linked_at:
            return
        self.writes += 1
        self._store.last_answers[link.user_id, kind] = answer

    async def of_account(self, account: AccountId, kind: str) -> LastAnswer | None:
        kept = [
            answer
            for (user_id, told), answer in self._store.last_answers.items()
            if told == kind and self._store.links[user_id].account == account
        ]
        return max(kept, key=lambda answer: answer.received_at, default=None)
