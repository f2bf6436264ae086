"""What is still to be asked for of an account."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from application.archive.ask_cloud import AskCloud
from application.archive.recorded import Asked, series_of
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.ports.archive.archives import Archives
from application.ports.archive.chunk_codec import ChunkCodec
from application.ports.archive.chunk_store import ChunkStore
from application.ports.clock import Clock
from application.ports.heavy_work import HeavyWork
from domain.archive.buckets import bucket_start, buckets_from
from domain.archive.recording.plan import MOST_A_DAY, Errand, Recorded, Turn, errands
from domain.archive.series import SeriesName
from domain.archive.windows import Window
from domain.emporia.channels import MAINS
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.devices import Customer
from domain.emporia.links import EmporiaLink
from domain.emporia.usage import Scale
from domain.errors import EmporiaRefusedRequest

GOOD_FOR_SECONDS = 900.0
"""A plan is made anew so often: windows come to their end, and devices are added."""

YEARS_LOOKED_BACK = 10
"""Emporia's monitors are no older; a request takes as many months."""


@dataclass(slots=True, kw_only=True)
class RecordingPlan:
    """Errands in order; `done` takes one off."""

    recorded: Recorded
    errands: "deque[Errand]"
    good_until: float

    @property
    def set_aside(self) -> int:
        """The requests a day that are kept for it before streams."""
        return min(MOST_A_DAY, self.recorded.requests_a_day)

    @property
    def requests_to_fill(self) -> int:
        """What the first fill, or what was missed, still takes."""
        return sum(not errand.is_of_the_day for errand in self.errands)

    def is_good_at(self, monotonic: float) -> bool:
        """Whether it need not be made anew yet."""
        return monotonic < self.good_until

    def next(self, *, is_watched: bool) -> Errand | None:
        """The first errand that may be done: the fill pauses while somebody watches.

        What would be forgotten meanwhile does not.
        """
        if not is_watched:
            return self.errands[0] if self.errands else None
        return next((errand for errand in self.errands if _cannot_wait(errand)), None)

    def done(self, errand: Errand) -> None:
        """It need not be done again."""
        self.errands.remove(errand)

    @property
    def waits_for(self) -> str | None:
        """Why nothing is done, where something is left to do."""
        return "watchers" if self.errands else None


def _cannot_wait(errand: Errand) -> bool:
    return errand.is_of_the_day or errand.turn is Turn.MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRecording:
    """Compares what is wanted with what is held; asks once when each device began to measure."""

    directory: DeviceDirectory
    store: ChunkStore
    archives: Archives
    codec: ChunkCodec
    cloud: AskCloud
    work: HeavyWork
    clock: Clock

    async def __call__(self, link: EmporiaLink) -> RecordingPlan:
        """Raises what EmporiaCalls raises, and StorageUnavailable."""
        customer = await self.directory.customer(
            link, Purpose.RECORD, max_age_seconds=LOOKUP_AGE_SECONDS
        )
        mains, others = series_of(customer)
        recorded = Recorded(
            mains=mains,
            others=others,
            recording=await self.archives.recording(link.account),
            first_known=await self._first_known(link, customer, [*mains, *others]),
        )
        held = await self.store.held(link.account)
        now = int(self.clock.now().timestamp())

        def plan() -> list[Errand]:
            return errands(recorded, Asked.of(held, self.codec, now=now).gaps, now=now)

        return RecordingPlan(
            recorded=recorded,
            errands=deque(await self.work(plan)),
            good_until=self.clock.monotonic() + GOOD_FOR_SECONDS,
        )

    async def _first_known(
        self, link: EmporiaLink, customer: Customer, names: Sequence[SeriesName]
    ) -> dict[int, int]:
        """When each device began to measure, in seconds since 1970; asked once and kept."""
        known = dict(await self.archives.first_known(link.account))
        for gid in dict.fromkeys(name.gid for name in names):
            if gid not in known:
                known[gid] = await self._ask_first_known(link, customer, gid)
                await self.archives.note_first_known(link.account, gid, known[gid])
        return known

    async def _ask_first_known(self, link: EmporiaLink, customer: Customer, gid: int) -> int:
        """The start of the first month with a figure; now, where there is none."""
        now = self.clock.now()
        location = customer.location_of(gid)
        past = now.replace(year=now.year - YEARS_LOOKED_BACK, day=1)
        window = Window(start=bucket_start(Scale.MONTH, past, location), end=now)
        try:
            chart = await self.cloud.chart(
                link, Purpose.FILL, SeriesName(gid, MAINS), window, scale=Scale.MONTH
            )
        except EmporiaRefusedRequest:
            return int(now.timestamp())
        if chart.first_usage_instant is not None:
            starts = buckets_from(Scale.MONTH, chart.first_usage_instant, location)
            for start, usage in zip(starts, chart.usages, strict=False):
                if usage:
                    return int(start.timestamp())
        return int(now.timestamp())
