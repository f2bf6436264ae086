"""The recorder: asks for what will be forgotten, a little at a time, and never twice."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from application.archive.ask_cloud import AskCloud
from application.archive.plan_recording import PlanRecording, RecordingPlan
from application.emporia.cloud.request_budgets import RequestBudgets
from application.ending import is_told_to_end
from application.ports.archive.watchers import Watchers
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.emporia.leases import Leases
from application.ports.events import Events
from application.ports.nodes import Nodes
from domain.archive.events import RecordingChosen
from domain.archive.recording.plan import Errand
from domain.archive.recording.recorder import STEP_SECONDS
from domain.archive.series import Series
from domain.archive.windows import Window
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.errors import LeaseLost
from domain.emporia.links import AccountId, EmporiaLink
from domain.emporia.usage import ChartUsage
from domain.errors import (
    BudgetSpent,
    EmporiaError,
    EmporiaRefusedRequest,
    LinkDead,
    NotLinked,
    Postponed,
    StorageUnavailable,
)

LONGEST_REST_SECONDS = 300.0

logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Progress:
    """How the recording of an account goes."""

    plan: RecordingPlan | None = None
    doing: Errand | None = None
    waits_until: float = 0.0
    waits_for: str | None = None
    last_at: datetime | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Record:
    """Goes from account to account, for as long as the gateway runs."""

    links: EmporiaLinkRepository
    planning: PlanRecording
    cloud: AskCloud
    budgets: RequestBudgets
    leases: Leases
    nodes: Nodes
    watchers: Watchers
    clock: Clock
    progress: dict[AccountId, Progress] = field(default_factory=dict)

    def listen(self, events: Events) -> None:
        """Plan anew when somebody chooses what is recorded, on whichever node."""
        events.subscribe(RecordingChosen, self._note_choice, anywhere=True)

    async def run(self) -> None:
        """Record until cancelled."""
        while True:
            with suppress(StorageUnavailable):  # the storage says so itself
                await self._step_each()
            await self.clock.sleep(STEP_SECONDS)

    async def _step_each(self) -> None:
        mine = await self._mine(await self.links.accounts())
        for gone in self.progress.keys() - set(mine):
            del self.progress[gone]
        for account in mine:
            await self.step(account)

    async def _mine(self, accounts: Sequence[AccountId]) -> list[AccountId]:
        """Those that this node records: of many nodes each takes its fair share and one more.

        What it holds beyond, for it was alone before, it asks for no longer: another gets it.
        """
        fair_share = len(accounts) // len(self.nodes.all()) + 1
        mine: list[AccountId] = []
        for account in accounts:
            if len(mine) == fair_share:
                break
            if await self.leases.hold(account):
                mine.append(account)
        return mine

    def plan_anew(self, account: AccountId) -> None:
        """What is to be recorded has changed."""
        if account in self.progress:
            self.progress[account].plan = None

    async def _note_choice(self, event: RecordingChosen) -> None:
        self.plan_anew(event.account)

    async def step(self, account: AccountId) -> None:
        """Do at most one errand of an account that this node holds; what fails is done later."""
        progress = self.progress.setdefault(account, Progress())
        if self.clock.monotonic() < progress.waits_until:
            return
        try:
            link = await self._link(account)
            if link is None:
                progress.waits_for = "link"
                return
            await self._go_on(link, progress)
        except (LinkDead, NotLinked):
            progress.waits_for = "link"
        except LeaseLost:
            progress.plan = None  # another node goes on from here
        except BudgetSpent as refusal:
            self._wait(progress, "budget", refusal)
        except StorageUnavailable as failure:
            self._wait(progress, "storage", failure)
        except EmporiaError as failure:
            self._wait(progress, "cloud", failure)
        except Exception:
            if is_told_to_end():
                raise
            # What one account breaks must not keep all others of this node from being recorded.
            logger.exception("recording account %d broke", account)
            progress.plan = None
            progress.waits_until = self.clock.monotonic() + LONGEST_REST_SECONDS
        finally:
            progress.doing = None

    async def _go_on(self, link: EmporiaLink, progress: Progress) -> None:
        plan = progress.plan
        if plan is None or not plan.is_good_at(self.clock.monotonic()):
            plan = progress.plan = await self.planning(link)
            await self.budgets.set_aside(link.account, plan.set_aside)
        errand = plan.next(is_watched=self.watchers.are_watched(link.account))
        progress.waits_for = None if errand else plan.waits_for
        if errand is None:
            return
        progress.doing = errand
        await self._do(link, errand)
        plan.done(errand)
        progress.last_at = self.clock.now()

    async def _do(self, link: EmporiaLink, errand: Errand) -> None:
        window = Window(start=_instant(errand.start), end=_instant(errand.end))
        read_at = int(self.clock.now().timestamp())
        fence = self.leases.fence(link.account)
        purpose = Purpose.RECORD if errand.is_of_the_day else Purpose.FILL
        try:
            chart = await self.cloud.chart(link, purpose, errand.name, window, scale=errand.scale)
        except EmporiaRefusedRequest:
            # Emporia has no such series: what it does not tell is no figure, and not asked again.
            chart = ChartUsage(first_usage_instant=None, usages=[])
        series = Series(link.account, errand.name)
        await self.cloud.keep_chart(
            series, window, chart, scale=errand.scale, read_at=read_at, fence=fence
        )

    async def _link(self, account: AccountId) -> EmporiaLink | None:
        """The oldest link that is alive, through which polls go too."""
        links = await self.links.of_account(account)
        return next((link for link in links if not link.is_dead), None)

    def _wait(self, progress: Progress, what: str, failure: Postponed) -> None:
        pause = min(failure.retry_after_seconds or STEP_SECONDS, LONGEST_REST_SECONDS)
        progress.waits_for = what
        progress.waits_until = self.clock.monotonic() + pause


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
