"""Of which accounts there are archives, and what was chosen for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.accounts.users import UserId
from domain.archive.recording.recorder import Recording
from domain.emporia.links import AccountId


class Archives(Protocol):
    """One archive an Emporia account, whoever has it linked; it stays until it is erased.

    Every method raises StorageUnavailable where the storage fails; what was kept outlives the
    process and a power cut.
    """

    async def recording(self, account: AccountId) -> Recording:
        """What its people chose to record; the default where nobody chose."""
        ...

    async def choose(self, account: AccountId, recording: Recording) -> None:
        """Record that from now on."""
        ...

    async def first_known(self, account: AccountId) -> Mapping[int, int]:
        """When each of its devices began to measure, by gid, as far as that was noted."""
        ...

    async def note_first_known(self, account: AccountId, gid: int, at: int) -> None:
        """Keep when a device began to measure."""
        ...

    async def accounts(self) -> Sequence[AccountId]:
        """Every account of which anything is held or chosen, and that is not being erased."""
        ...

    async def note_linked(self, account: AccountId, user_id: UserId) -> None:
        """This user has linked it: it stays."""
        ...

    async def note_unlinked(
        self, account: AccountId, at: datetime, *, last_user: UserId | None
    ) -> None:
        """Nobody has it linked any more, since then, unless that was noted before.

        `last_user` is who let go of it, where that is known.
        """
        ...

    async def of_last_user(self, user_id: UserId) -> Sequence[AccountId]:
        """Accounts that this user was the last to link, or to let go of."""
        ...

    async def unlinked_before(self, before: datetime) -> Sequence[AccountId]:
        """Accounts that nobody has had linked since before then."""
        ...

    async def erase(self, account: AccountId) -> None:
        """Let it be gone at once for whoever asks; what it takes on disk goes by `wipe`."""
        ...

    async def wipe(self) -> bool:
        """Overwrite a little of what was erased; whether more is left to do."""
        ...
