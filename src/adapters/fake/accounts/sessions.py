"""Sessions in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from adapters.fake.store import InMemoryStore
from adapters.memory.due_notes import DueNotes
from application.ports.accounts.sessions import Sessions
from domain.accounts.sessions import Session
from domain.accounts.users import Login, UserId


class InMemorySessions(Sessions):
    """Keeps the sessions of the users in the same store; they are as many as a test makes."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store
        self._notes = DueNotes()

    async def add(self, session: Session) -> None:
        if session.user_id in self._store.users:
            for old in tuple(self._store.sessions.values()):
                if old.ends_at <= session.begun_at:
                    del self._store.sessions[old.login_id]
            self._store.sessions[session.login_id] = session

    def is_due(self, login_id: str, *, at: datetime) -> bool:
        return self._notes.is_due(login_id, at=at)

    async def note_use(self, session: Session) -> None:
        if not self._store.goes_on(session.user_id, Login(session.login_id, session.begun_at)):
            return
        known = self._store.sessions.get(session.login_id, session)
        last_used_at = max(known.last_used_at, session.last_used_at)
        self._store.sessions[session.login_id] = replace(known, last_used_at=last_used_at)

    async def note_password(self, login_id: str, *, at: datetime) -> None:
        if session := self._store.sessions.get(login_id):
            self._store.sessions[login_id] = replace(session, password_at=at)

    async def with_id(self, login_id: str) -> Session | None:
        return self._store.sessions.get(login_id)

    async def of_user(self, user_id: UserId, *, at: datetime) -> Sequence[Session]:
        sessions = self._store.sessions.values()
        going_on = [one for one in sessions if one.user_id == user_id and one.ends_at > at]
        return sorted(going_on, key=lambda one: one.last_used_at, reverse=True)

    async def forget(self, login_id: str) -> None:
        self._store.sessions.pop(login_id, None)

    async def forget_others(self, user_id: UserId, *, kept: str) -> int:
        before = len(self._store.sessions)
        self._store.erase_sessions(user_id, kept=kept)
        return before - len(self._store.sessions)
