"""Names of the series in a store that is in memory."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.fake.archive.chunk_store import InMemoryChunkStore
from application.ports.archive.held_series import HeldSeries
from domain.archive.series import SeriesName
from domain.emporia.links import AccountId


@dataclass(slots=True)
class InMemoryHeldSeries(HeldSeries):
    """Looks through all that is kept."""

    chunks: InMemoryChunkStore

    async def names(self, account: AccountId) -> Sequence[SeriesName]:
        """See the port."""
        return sorted({series.name for series, _ in self.chunks.kept if series.account == account})
