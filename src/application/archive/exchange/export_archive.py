"""What was measured, of any range, in pieces that fit into little memory."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial

from application.archive.exchange.plan_export import ExportPlan
from application.archive.read_archive import ReadArchive
from application.ports.archive.chunk_store import ChunkStore
from application.ports.archive.export_tables import ExportTable
from application.ports.heavy_work import HeavyWork
from domain.archive.exchange.exports import Piece, grids
from domain.archive.series import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportArchive:
    """Reads one piece after the other, when it is asked for the next; Emporia is asked nothing."""

    store: ChunkStore
    archive: ReadArchive
    work: HeavyWork

    async def pieces(self, plan: ExportPlan) -> AsyncGenerator[Piece, None]:
        """All that the archive has of the plan, series after series, each from its oldest bucket.

        Raises StorageUnavailable.
        """
        for series in plan.series:
            held = await self.store.held(plan.account, names=[series.name])
            parts = grids(
                plan.scale, held, start=plan.start, end=plan.end, location=series.location
            )
            while (grid := await self.work(partial(next, parts, None))) is not None:
                told = await self.archive(Series(plan.account, series.name), grid)
                yield Piece(series=series, grid=grid, told=told)

    async def written(self, plan: ExportPlan, table: ExportTable) -> AsyncGenerator[bytes, None]:
        """The same as a file, in parts, none of them empty; raises StorageUnavailable."""
        part = await self.work(table.head)
        if part:
            yield part
        async with aclosing(self.pieces(plan)) as pieces:
            async for piece in pieces:
                part = await self.work(partial(table.rows, piece))
                if part:
                    yield part
        yield await self.work(table.tail)
