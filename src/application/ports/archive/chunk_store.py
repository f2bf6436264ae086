"""Where what was measured is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.archive.held import Held
from domain.archive.sealed import SealedChunk
from domain.archive.series import Series, SeriesName
from domain.archive.spans import Span
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale


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

    async def put(
        self, series: Series, chunks: Sequence[SealedChunk], months: Sequence[SealedMonth]
    ) -> None:
        """Keep all of these, each in place of the one before it, or none of them."""
        ...

    async def drop(self, series: Series, span: Span) -> None:
        """Forget a chunk that can no longer be read."""
        ...
