"""What is held and recorded of accounts, for whoever runs the gateway; Emporia is not asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.archive.list_archive import HeldSeries, held_by_scale
from application.archive.recorded import Asked, series_of
from application.emporia.cloud.kept_answers import KeptAnswers
from application.ports.archive.archives import Archives
from application.ports.archive.chunk_codec import ChunkCodec
from application.ports.archive.chunk_store import ChunkStore
from application.ports.clock import Clock
from application.ports.heavy_work import HeavyWork
from domain.archive.held import Held
from domain.archive.recording.plan import Gaps, Range, Recorded, errands
from domain.archive.recording.recorder import Recording
from domain.archive.series import SeriesName
from domain.emporia.devices import Customer
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from domain.errors import EmporiaUnreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """How far the first fill is, in requests: of `wanted` so many are `done`."""

    done: int
    wanted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveTold:
    """One account's archive; `fill` is None where its devices, or their beginnings, are unknown."""

    account: AccountId
    recording: Recording
    held: Sequence[HeldSeries]
    fill: Fill | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TellArchives:
    """Compares what is held with what is wanted, by the device list that was kept last.

    Without `kept_answers`, such as where their key is gone, no device is known.
    """

    archives: Archives
    store: ChunkStore
    codec: ChunkCodec
    kept_answers: KeptAnswers | None
    work: HeavyWork
    clock: Clock

    async def __call__(self, account: AccountId) -> ArchiveTold:
        """Raises StorageUnavailable."""
        held = await self.store.held(account)
        recording = await self.archives.recording(account)
        now = int(self.clock.now().timestamp())
        return ArchiveTold(
            account=account,
            recording=recording,
            held=await self.work(lambda: list(held_by_scale(held, now=now))),
            fill=await self._fill(account, recording, held, now=now),
        )

    async def _fill(
        self, account: AccountId, recording: Recording, held: Sequence[Held], *, now: int
    ) -> Fill | None:
        customer = await self._customer(account)
        if customer is None:
            return None
        mains, others = series_of(customer)
        first_known = await self.archives.first_known(account)
        if not {name.gid for name in (*mains, *others)} <= first_known.keys():
            return None  # the recorder has not begun with all of them
        recorded = Recorded(
            mains=mains, others=others, recording=recording, first_known=first_known
        )

        def fill() -> Fill:
            wanted = _of_the_past(recorded, _everything, now=now)
            left = _of_the_past(recorded, Asked.of(held, self.codec, now=now).gaps, now=now)
            return Fill(done=wanted - left, wanted=wanted)

        return await self.work(fill)

    async def _customer(self, account: AccountId) -> Customer | None:
        if self.kept_answers is None:
            return None
        try:
            return await self.kept_answers.customer(account)
        except EmporiaUnreadable:
            return None


def _of_the_past(recorded: Recorded, gaps: Gaps, *, now: int) -> int:
    return sum(not errand.is_of_the_day for errand in errands(recorded, gaps, now=now))


def _everything(_: SeriesName, __: Scale, start: int, end: int) -> list[Range]:
    return [(start, end)]
