"""Archives in dictionaries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from adapters.fake.archive.chunk_store import InMemoryChunkStore
from application.ports.archive.archives import Archives
from domain.accounts.users import UserId
from domain.archive.recording.recorder import Recording
from domain.archive.sealed import SealedChunk
from domain.emporia.links import AccountId


@dataclass(slots=True)
class InMemoryArchives(Archives):
    """Those of the chunks in the store; one that holds chunks need not have been noted."""

    chunks: InMemoryChunkStore
    chosen: dict[AccountId, Recording] = field(default_factory=dict)
    unlinked: dict[AccountId, datetime | None] = field(default_factory=dict)
    last_users: dict[AccountId, UserId] = field(default_factory=dict)
    began: dict[tuple[AccountId, int], int] = field(default_factory=dict)
    erased: list[SealedChunk] = field(default_factory=list)

    async def recording(self, account: AccountId) -> Recording:
        """See the port."""
        return self.chosen.get(account, Recording())

    async def choose(self, account: AccountId, recording: Recording) -> None:
        """See the port."""
        self.unlinked.setdefault(account, None)
        self.chosen[account] = recording

    async def first_known(self, account: AccountId) -> Mapping[int, int]:
        """See the port."""
        return {gid: at for (owner, gid), at in self.began.items() if owner == account}

    async def note_first_known(self, account: AccountId, gid: int, at: int) -> None:
        """See the port."""
        self.unlinked.setdefault(account, None)
        self.began[account, gid] = at

    async def accounts(self) -> Sequence[AccountId]:
        """See the port."""
        return sorted({*self.unlinked, *(series.account for series, _ in self.chunks.kept)})

    async def note_linked(self, account: AccountId, user_id: UserId) -> None:
        """See the port."""
        self.unlinked[account] = None
        self.last_users[account] = user_id

    async def note_unlinked(
        self, account: AccountId, at: datetime, *, last_user: UserId | None
    ) -> None:
        """See the port."""
        if account in await self.accounts():
            self.unlinked[account] = self.unlinked.get(account) or at
            if last_user is not None:
                self.last_users[account] = last_user

    async def of_last_user(self, user_id: UserId) -> Sequence[AccountId]:
        """See the port."""
        return sorted(account for account, last in self.last_users.items() if last == user_id)

    async def unlinked_before(self, before: datetime) -> Sequence[AccountId]:
        """See the port."""
        return sorted(
            account
            for account, since in self.unlinked.items()
            if since is not None and since < before
        )

    async def erase(self, account: AccountId) -> None:
        """See the port."""
        self.unlinked.pop(account, None)
        self.chosen.pop(account, None)
        self.last_users.pop(account, None)
        for device in [key for key in self.began if key[0] == account]:
            del self.began[device]
        for key in [key for key in self.chunks.kept if key[0].account == account]:
            self.erased.append(self.chunks.kept.pop(key))
        for month in [key for key in self.chunks.hours if key[0].account == account]:
            del self.chunks.hours[month]

    async def wipe(self) -> bool:
        """See the port."""
        if self.erased:
            self.erased.clear()
            return True
        return False
