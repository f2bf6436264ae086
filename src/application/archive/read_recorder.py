"""How the recording of an account goes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.accounts.access import Caller
from application.archive.record import Progress, Record
from application.emporia.cloud.usable_link import usable_link
from application.ports.archive.archives import Archives
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.archive.recording.plan import Errand
from domain.archive.recording.recorder import Recording, fill_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class RecorderStatus:
    """`state` is one of `off`, `planning`, `recording`, `filling`, `waiting` and `up_to_date`.

    `waits_for` is `budget`, `cloud`, `storage`, `link` or `watchers`; `doing` what is asked for
    just now. `planned_requests` are still to be made, of which `fill_requests` for the past. Times
    are UTC, None where nobody knows.
    """

    recording: Recording
    state: str
    waits_for: str | None
    doing: Errand | None
    requests_a_day: int | None
    planned_requests: int | None
    fill_requests: int | None
    fill_done_at: datetime | None
    last_request_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRecorder:
    """Tells what the recorder does, and what it has before it."""

    links: EmporiaLinkRepository
    archives: Archives
    record: Record
    clock: Clock
    is_on: bool
    daily_requests: int

    async def __call__(self, caller: Caller) -> RecorderStatus:
        """Raises NotLinked, LinkDead or StorageUnavailable."""
        link = await usable_link(self.links, caller)
        recording = await self.archives.recording(link.account)
        progress = self.record.progress.get(link.account, Progress())
        plan = progress.plan
        to_fill = None if plan is None else plan.requests_to_fill
        return RecorderStatus(
            recording=recording,
            state=self._state(progress),
            waits_for=progress.waits_for,
            doing=progress.doing,
            requests_a_day=None if plan is None else plan.recorded.requests_a_day,
            planned_requests=None if plan is None else len(plan.errands),
            fill_requests=to_fill,
            fill_done_at=None if to_fill is None else self._done_at(to_fill),
            last_request_at=progress.last_at,
        )

    def _state(self, progress: Progress) -> str:
        if not self.is_on:
            return "off"
        if progress.waits_for is not None:
            return "waiting"
        if progress.plan is None:
            return "planning"
        if not progress.plan.errands:
            return "up_to_date"
        return "filling" if progress.plan.requests_to_fill else "recording"

    def _done_at(self, requests: int) -> datetime:
        seconds = fill_seconds(requests, daily_requests=self.daily_requests)
        return self.clock.now() + timedelta(seconds=seconds)
