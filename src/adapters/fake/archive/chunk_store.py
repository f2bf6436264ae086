"""Chunks in dictionaries."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from application.ports.archive.chunk_store import ANY_VERSION, ChunkStore, SealedMonth, Version
from application.ports.emporia.leases import Fence
from domain.archive.held import Held
from domain.archive.hours import SOURCES
from domain.archive.sealed import SealedChunk
from domain.archive.series import Series, SeriesName
from domain.archive.spans import Span, month_at, span_at
from domain.emporia.errors import LeaseLost
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale


@dataclass(slots=True)
class InMemoryChunkStore(ChunkStore):
    """Forgets with the process."""

    kept: dict[tuple[Series, Span], SealedChunk] = field(default_factory=dict)
    hours: dict[tuple[Series, int], bytes] = field(default_factory=dict)
    versions: dict[Series, Version] = field(default_factory=dict)
    newest_fences: dict[AccountId, Fence] = field(default_factory=dict)

    async def held(
        self, account: AccountId, *, names: Sequence[SeriesName] | None = None
    ) -> Sequence[Held]:
        """See the port."""
        found = [
            Held(
                name=series.name,
                span=span,
                asked=chunk.asked,
                known=chunk.known,
                size=chunk.size,
                runs=chunk.runs,
            )
            for (series, span), chunk in self.kept.items()
            if series.account == account and (names is None or series.name in names)
        ]
        return sorted(
            found, key=lambda held: (held.name, SOURCES[held.span.scale], held.span.start)
        )

    async def chunks(
        self, series: Series, scale: Scale, start: int, end: int
    ) -> Sequence[SealedChunk]:
        """See the port."""
        first = span_at(scale, start).start
        found = [
            chunk
            for (owner, span), chunk in self.kept.items()
            if owner == series and span.scale is scale and first <= span.start < end
        ]
        return sorted(found, key=lambda chunk: chunk.span.start)

    async def months(self, series: Series, start: int, end: int) -> Sequence[SealedMonth]:
        """See the port."""
        found = [
            SealedMonth(start=at, data=data)
            for (owner, at), data in self.hours.items()
            if owner == series and month_at(start)[0] <= at < end
        ]
        return sorted(found, key=lambda month: month.start)

    async def version(self, series: Series) -> Version | None:
        """See the port."""
        return self.versions.get(series)

    async def put(
        self,
        series: Series,
        chunks: Sequence[SealedChunk],
        months: Sequence[SealedMonth],
        *,
        since: Version | None = ANY_VERSION,
        fence: Fence | None = None,
    ) -> bool:
        """See the port."""
        if since not in (ANY_VERSION, self.versions.get(series)):
            return False
        if fence and fence != self.newest_fences.get(series.account):
            raise LeaseLost
        self.kept.update({(series, chunk.span): chunk for chunk in chunks})
        self.hours.update({(series, month.start): month.data for month in months})
        self.versions[series] = Version(self.versions.get(series, 0) + 1)
        return True

    async def drop(self, series: Series, span: Span) -> None:
        """See the port."""
        self.kept.pop((series, span), None)
