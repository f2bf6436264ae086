"""Windows of a series, asked of Emporia and kept."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from application.archive.keep_readings import KeepReadings
from application.emporia.cloud.calls import EmporiaCalls
from application.ports.archive.chunk_codec import ChunkCodec
from application.ports.clock import Clock
from application.ports.emporia.emporia_gateway import ChartQuery, EmporiaGateway
from application.ports.emporia.leases import Fence
from application.ports.heavy_work import HeavyWork
from domain.archive.recording.reading import Reading
from domain.archive.series import Series, SeriesName
from domain.archive.spans import KEPT_SCALES, SECONDS
from domain.archive.windows import Window
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.links import EmporiaLink
from domain.emporia.usage import ChartUsage, EnergyUnit, Scale
from domain.errors import StorageUnavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCloud:
    """One request a window; what it tells goes into the archive before anybody is answered."""

    gateway: EmporiaGateway
    calls: EmporiaCalls
    keep: KeepReadings
    codec: ChunkCodec
    work: HeavyWork
    clock: Clock
    concurrency: int

    async def chart(
        self,
        link: EmporiaLink,
        purpose: Purpose,
        name: SeriesName,
        window: Window,
        *,
        scale: Scale,
        unit: EnergyUnit = EnergyUnit.KILOWATT_HOURS,
    ) -> ChartUsage:
        """What Emporia tells; raises what EmporiaCalls raises. Kept by `keep_chart` alone."""
        return await self.calls(
            link,
            purpose,
            lambda tokens: self.gateway.chart(
                tokens,
                ChartQuery(
                    gid=name.gid,
                    channel=name.channel,
                    start=window.start,
                    end=window.end,
                    scale=scale,
                    unit=unit,
                ),
            ),
        )

    async def charts(
        self,
        link: EmporiaLink,
        purpose: Purpose,
        name: SeriesName,
        windows: Sequence[Window],
        *,
        scale: Scale,
        unit: EnergyUnit = EnergyUnit.KILOWATT_HOURS,
    ) -> list[ChartUsage]:
        """All windows, a few at a time; the first failure ends the others and is raised."""
        at_once = asyncio.Semaphore(self.concurrency)

        async def chart(window: Window) -> ChartUsage:
            async with at_once:
                return await self.chart(link, purpose, name, window, scale=scale, unit=unit)

        try:
            async with asyncio.TaskGroup() as group:
                charts = [group.create_task(chart(window)) for window in windows]
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None
        return [done.result() for done in charts]

    async def keep_chart(
        self,
        series: Series,
        window: Window,
        chart: ChartUsage,
        *,
        scale: Scale,
        read_at: int,
        fence: Fence | None = None,
    ) -> None:
        """Keep what it tells of the window, in kWh; what it does not tell of is no figure.

        Buckets that begin elsewhere than ours are not kept at all. `read_at` is in seconds since
        1970. Raises StorageUnavailable, LeaseLost where `fence` is not the account's newest.
        """
        if scale not in KEPT_SCALES:
            return
        width = SECONDS[scale]
        start = int(window.start.timestamp()) // width * width
        count = -((start - int(window.end.timestamp())) // width)
        usages: list[float | None] = [None] * count
        if chart.first_usage_instant is not None:
            shift, beside = divmod(int(chart.first_usage_instant.timestamp()) - start, width)
            if beside:
                return
            first, told = max(0, shift), list(chart.usages)[max(0, -shift) :]
            last = min(count, first + len(told))
            usages[first:last] = told[: max(0, last - first)]
        figures = await self.work(partial(self.codec.figures, usages))
        reading = Reading(scale=scale, start=start, figures=figures, read_at=read_at)
        await self.keep(series, reading, fence=fence)

    async def keep_if_possible(
        self,
        series: Series,
        windows: Sequence[Window],
        charts: Sequence[ChartUsage],
        *,
        scale: Scale,
        read_at: int,
    ) -> bool:
        """As `keep_chart`, for somebody who waits for an answer: they get it in any case.

        Whether all was kept. Where it was not, the storage has said so itself.
        """
        try:
            for window, chart in zip(windows, charts, strict=True):
                await self.keep_chart(series, window, chart, scale=scale, read_at=read_at)
        except StorageUnavailable:
            return False
        return True
