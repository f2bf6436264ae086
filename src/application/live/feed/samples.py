"""The newest sample of each account at each scale and in each unit, whoever asked for it."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from application.emporia.cloud.calls import EmporiaCalls
from application.emporia.cloud.kept_answers import KeptAnswers
from application.emporia.cloud.refused_devices import RefusedDevices
from application.emporia.cloud.single_flight import SingleFlight
from application.emporia.cloud.through_any_link import through_any_link
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.ending import is_told_to_end
from application.live.feed.poll_pace import PollPace
from application.live.feed.subscription import FeedKey
from application.ports.clock import Clock
from application.ports.emporia.emporia_gateway import EmporiaGateway
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from application.ports.live.sample_exchange import LiveNews
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.links import EmporiaLink, EmporiaTokens
from domain.emporia.samples import UsageSample
from domain.emporia.usage import Scale
from domain.errors import BudgetSpent, EmporiaRefusedRequest, EmporiaUnreadable
from domain.live.events import SampleTaken

logger = logging.getLogger(__name__)

PUBLICATION_LAG_SECONDS = {Scale.SECOND: 2.0}
"""How long after a bucket Emporia has it, where asking sooner brings nulls: the newest one
or two seconds of 1S are null in PyEmVue's and other clients' answers."""

ANSWER_ALLOWANCE_SECONDS = 2.0
"""How long after its time a poll may come back before its predecessor counts as stale."""

UNASKED_SECONDS = 300.0
"""How long nobody has asked for a sample when it is forgotten; what is kept in storage stays. A
feed asks every second, so that what it shows in an outage is never forgotten."""

LOOK_SECONDS = 60.0
"""Between two looks for such samples."""


@dataclass(slots=True, kw_only=True, eq=False)
class LiveSamples:
    """Polls an account through any of its live links; callers at the same time share a poll."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory
    refused_devices: RefusedDevices
    kept_answers: KeptAnswers
    gateway: EmporiaGateway
    calls: EmporiaCalls
    pace: PollPace
    events: Events
    clock: Clock
    ask_holder: Callable[[FeedKey], Awaitable[LiveNews | None]] | None = None
    """None where there is one node."""

    samples: dict[FeedKey, UsageSample] = field(default_factory=dict)
    taken_at: dict[FeedKey, float] = field(default_factory=dict)
    pauses: dict[FeedKey, tuple[UsageSample, float]] = field(default_factory=dict)
    polls: SingleFlight[UsageSample] = field(default_factory=SingleFlight)
    asked_at: dict[FeedKey, float] = field(default_factory=dict)
    next_look: float = 0.0

    def newest(self, key: FeedKey) -> UsageSample | None:
        """The newest sample known, however old, unless nobody has asked for long."""
        sample = self.samples.get(key)
        if sample is not None:
            self.asked_at[key] = self.clock.monotonic()
        return sample

    def age_seconds(self, key: FeedKey) -> float:
        """How long ago the newest sample came, however the wall clock was set since."""
        return self.clock.monotonic() - self.taken_at[key]

    async def current(self, key: FeedKey) -> UsageSample:
        """The newest sample while no newer is to be expected, else one polled now."""
        sample = self.newest(key)
        if sample is not None and self.age_seconds(key) < await self._pause_after(key, sample):
            return sample
        try:
            return await self.poll(key, Purpose.READ)
        except BudgetSpent:
            # Perhaps it was a stream's poll, which may not touch what is kept for reads.
            return await self.poll(key, Purpose.READ)

    async def recall(self, key: FeedKey) -> None:
        """Know the sample that was kept last, where none is known and it can be read."""
        if self.newest(key) is not None:
            return
        try:
            sample = await self.kept_answers.sample(key.account, scale=key.scale, unit=key.unit)
        except Exception:
            if is_told_to_end():
                raise
            # Whatever is kept is worth less than the stream that would do without.
            logger.exception("what is kept of account %d can't be read", key.account)
            return
        if sample is not None and self.newest(key) is None:
            kept_seconds = max(0.0, (self.clock.now() - sample.received_at).total_seconds())
            self.samples[key] = sample
            self.asked_at[key] = self.clock.monotonic()
            self.taken_at[key] = self.asked_at[key] - kept_seconds

    async def poll(self, key: FeedKey, purpose: Purpose) -> UsageSample:
        """Ask Emporia now; raises LinkDead when no link is left, or what EmporiaCalls raises."""
        return await self.polls(key, lambda: self._poll(key, purpose))

    async def close(self) -> None:
        """Stop the polls that run."""
        await self.polls.close()

    async def _pause_after(self, key: FeedKey, sample: UsageSample) -> float:
        """The age until which no newer is to be expected; worked out once, however many ask."""
        known = self.pauses.get(key)
        if known is None or known[0] is not sample:
            pause = await self.pace.pause_seconds(key, unchanged_polls=0)
            known = self.pauses[key] = (sample, pause + ANSWER_ALLOWANCE_SECONDS)
        return known[1]

    def take_in(self, news: LiveNews) -> None:
        """Know the sample that another node has got, and for how long it counts as fresh."""
        key, sample = news.key, news.sample
        if sample is None:
            return
        now = self.clock.monotonic()
        self.samples[key] = sample
        self.taken_at[key] = now - news.age_seconds
        self.asked_at[key] = now
        pause = max(0.0, (news.next_poll_at - self.clock.now()).total_seconds())
        self.pauses[key] = (sample, news.age_seconds + pause + ANSWER_ALLOWANCE_SECONDS)
        self._forget_unasked()

    def fresh_seconds(self, key: FeedKey) -> float:
        """For how long no newer sample than the newest is to be expected, as far as is known."""
        known = self.pauses.get(key)
        if known is None or known[0] is not self.samples.get(key):
            return 0.0
        return max(0.0, known[1] - ANSWER_ALLOWANCE_SECONDS - self.age_seconds(key))

    async def _poll(self, key: FeedKey, purpose: Purpose) -> UsageSample:
        if self.ask_holder is not None:
            news = await self.ask_holder(key)
            if news is not None and news.sample is not None:
                self.take_in(news)
                return news.sample
        sample = await through_any_link(
            self.links, key.account, lambda link: self.ask(link, purpose, key)
        )
        self.samples[key] = sample
        self.taken_at[key] = self.asked_at[key] = self.clock.monotonic()
        self._forget_unasked()
        await self.events.publish(
            SampleTaken(account=key.account, scale=key.scale, unit=key.unit, sample=sample)
        )
        return sample

    def _forget_unasked(self) -> None:
        """A large home is some 1 MB at each scale and in each unit that was ever asked for."""
        now = self.clock.monotonic()
        if now < self.next_look:
            return
        self.next_look = now + LOOK_SECONDS
        for key, asked_at in tuple(self.asked_at.items()):
            if now - asked_at >= UNASKED_SECONDS:
                for known in (self.samples, self.taken_at, self.pauses, self.asked_at):
                    known.pop(key, None)

    async def ask(
        self, link: EmporiaLink, purpose: Purpose, key: FeedKey, instant: datetime | None = None
    ) -> UsageSample:
        """What Emporia says through this link, of now or of another instant (UTC).

        A device that Emporia refuses is left out. An answer without any of the devices that were
        asked for is EmporiaUnreadable.
        """
        customer = await self.directory.customer(link, purpose, max_age_seconds=LOOKUP_AGE_SECONDS)
        if not customer.gids:
            now = instant or self.clock.now()
            nothing = self.gateway.no_usages(instant=now, scale=key.scale, unit=key.unit)
            return nothing.of_homes(())
        gids = self.refused_devices.without(link.account, customer.gids)
        try:
            sample = await self._usages(link, purpose, key, gids, instant)
        except EmporiaRefusedRequest as refusal:
            if refusal.gid not in gids or len(gids) == 1:
                self.directory.forget(link.account)
                raise
            await self.refused_devices.leave_out(link.account, refusal.gid)
            gids.remove(refusal.gid)
            # Once, and no more: a cloud that refuses one after the other must not cost a day.
            sample = await self._usages(link, purpose, key, gids, instant)
        await self.refused_devices.note_answer(link.account, gids)
        return sample.of_homes(customer.homes)

    async def _usages(
        self,
        link: EmporiaLink,
        purpose: Purpose,
        key: FeedKey,
        gids: Sequence[int],
        instant: datetime | None,
    ) -> UsageSample:
        lag = timedelta(seconds=PUBLICATION_LAG_SECONDS.get(key.scale, 0.0))

        async def ask(tokens: EmporiaTokens) -> UsageSample:
            sample = await self.gateway.usages(
                tokens,
                gids=gids,
                instant=instant or self.clock.now() - lag,
                scale=key.scale,
                unit=key.unit,
            )
            if not sample.devices:
                # Seen now and then in place of the devices that were asked for.
                raise EmporiaUnreadable
            return sample

        return await self.calls(link, purpose, ask)
