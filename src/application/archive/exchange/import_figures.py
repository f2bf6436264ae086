"""Takes a file of figures into an archive: all of it is looked at before any of it is kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from application.archive.exchange.file_readings import FileReadings
from application.archive.exchange.importing import Importing
from application.archive.keep_readings import KeepReadings
from application.archive.read_archive import ReadArchive
from application.ports.archive.chunk_codec import ChunkCodec
from application.ports.archive.chunk_store import ChunkStore
from application.ports.archive.import_board import Reached
from application.ports.clock import Clock
from application.ports.heavy_work import HeavyWork
from domain.archive.chunks import Chunk
from domain.archive.exchange.imports.lines import Batch, Survey
from domain.archive.exchange.imports.weighing import Tally, weigh
from domain.archive.grid import Grid
from domain.archive.quality import Mark
from domain.archive.recording.reading import Figures, Reading, figures_of
from domain.archive.sealed import ChunkDamaged, SealedChunk
from domain.archive.series import Series, SeriesName
from domain.archive.spans import SECONDS
from domain.emporia.devices import UNKNOWN_LOCATION


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFigures:
    """Reads a file three times: for its lines, beside what is kept, and into the archive.

    What was kept is left out, so a file that is taken again changes nothing, and one whose import
    was cut off is taken to its end.
    """

    store: ChunkStore
    codec: ChunkCodec
    archive: ReadArchive
    keep: KeepReadings
    work: HeavyWork
    clock: Clock

    async def __call__(self, importing: Importing) -> Reached:
        """What came of it; raises StorageUnavailable, or ImportRefused before anything is kept."""
        now = int(self.clock.now().timestamp())
        readings = FileReadings(importing, self.work, now)
        survey = await readings.survey()
        tally = await self._go_through(readings, survey, keeps=False)
        tally.require_same_home()
        if not importing.keeps:
            return readings.reached
        importing.begun_to_keep()
        await self._go_through(readings, survey, keeps=True)
        return readings.reached

    async def _go_through(self, readings: FileReadings, survey: Survey, *, keeps: bool) -> Tally:
        """Weigh every batch, and keep what is wanted of it."""
        tally = Tally()
        with readings.batches(survey) as parts:
            while (batch := await self.work(partial(next, parts, None))) is not None:
                for place, name in enumerate(survey.matched.series):
                    found = await self._weighed(readings, survey, batch, place, name, keeps=keeps)
                    tally += found
                await readings.go_on(batch.lines, tally)
        return tally

    async def _weighed(
        self,
        readings: FileReadings,
        survey: Survey,
        batch: Batch,
        place: int,
        name: SeriesName,
        *,
        keeps: bool,
    ) -> Tally:
        series = Series(readings.importing.account, name)
        scale, width = survey.scale, SECONDS[survey.scale]
        end = batch.start + batch.count * width
        grid = Grid(scale, range(batch.start, end, width), end, UNKNOWN_LOCATION)
        told = await self.archive(series, grid)
        kept = await self.store.chunks(series, scale, batch.start, end)

        def weighed() -> tuple[Figures, Tally]:
            return weigh(
                figures_of(batch.kwh[place]),
                told,
                list(self._opened(kept)),
                scale=scale,
                start=batch.start,
                allowance_kwh=survey.allowance(name),
            )

        figures, tally = await self.work(weighed)
        if keeps and tally.taken:
            reading = Reading(
                scale=scale,
                start=batch.start,
                figures=figures,
                read_at=readings.now,
                told=Mark.IMPORTED,
            )
            await self.keep(series, reading)
        return tally

    def _opened(self, kept: Iterable[SealedChunk]) -> Iterator[Chunk]:
        for sealed in kept:
            try:
                yield self.codec.open(sealed)
            except ChunkDamaged:
                continue
