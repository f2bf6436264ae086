"""Where what was measured is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NewType, Protocol

from application.ports.emporia.leases import Fence
from domain.archive.held import Held
from domain.archive.sealed import SealedChunk
from domain.archive.series import Series, SeriesName
from domain.archive.spans import Span
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale

Version = NewType("Version", int)

ANY_VERSION = Version(-1)
"""Put whatever others did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedMonth:
    """The hours of a month (UTC) that begins at `start`, in seconds since 1970."""

    start: int
    data: bytes


class ChunkStore(Protocol):
    """Keeps sealed chunks, and the hours that were made of them.

    Times are seconds since 1970. Every method raises StorageUnavailable where the storage fails;
    what was put outlives the process and a power cut.
    """

    async def held(
        self, account: AccountId, *, names: Sequence[SeriesName] | None = None
    ) -> Sequence[Held]:
        """All that is held of the account, or of these series, by series, scale and time."""
        ...

    async def chunks(
        self, series: Series, scale: Scale, start: int, end: int
    ) -> Sequence[SealedChunk]:
        """The chunks that hold any of [start, end), oldest first."""
        ...

    async def months(self, series: Series, start: int, end: int) -> Sequence[SealedMonth]:
        """The months that hold any of [start, end), oldest first."""
        ...

    async def version(self, series: Series) -> Version | None:
        """What `put` tells by whether another node has put anything of the series since.

        None where nothing of it is there, or where no other node can.
        """
        ...

    async def put(
        self,
        series: Series,
        chunks: Sequence[SealedChunk],
        months: Sequence[SealedMonth],
        *,
        since: Version | None = ANY_VERSION,
        fence: Fence | None = None,
    ) -> bool:
        """Keep all of these, each in place of the one before it, or none of them.

        False, and none is kept, where another node has put anything `since` that version. Raises
        LeaseLost where `fence` is no longer the newest of the account.
        """
        ...

    async def drop(self, series: Series, span: Span) -> None:
        """Forget a chunk that can no longer be read."""
        ...
