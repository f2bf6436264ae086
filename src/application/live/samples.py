"""The newest sample of each account at each scale and in each unit, whoever asked for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from application.emporia.calls import EmporiaCalls
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.emporia.single_flight import SingleFlight
from application.live.poll_pace import PollPace
from application.live.subscription import FeedKey
from application.ports.clock import Clock
from application.ports.emporia_gateway import EmporiaGateway
from application.ports.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from domain.emporia.links import AccountId, EmporiaLink
from domain.emporia.request_budget import Purpose
from domain.emporia.samples import UsageSample
from domain.emporia.usage import Scale
from domain.errors import BudgetSpent, EmporiaRefusedRequest, EmporiaUnreadable, LinkDead, NotLinked
from domain.live.events import SampleTaken

PUBLICATION_LAG_SECONDS = {Scale.SECOND: 2.0}
"""How long after a bucket Emporia has it, where asking sooner brings nulls: the newest one
or two seconds of 1S are null in PyEmVue's and other clients' answers."""

ANSWER_ALLOWANCE_SECONDS = 2.0
"""How long after its time a poll may come back before its predecessor counts as stale."""


@dataclass(slots=True, kw_only=True, eq=False)
class LiveSamples:
    """Polls an account through any of its live links; callers at the same time share a poll."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory
    gateway: EmporiaGateway
    calls: EmporiaCalls
    pace: PollPace
    events: Events
    clock: Clock
    samples: dict[FeedKey, UsageSample] = field(default_factory=dict)
    successors: dict[FeedKey, tuple[UsageSample, datetime]] = field(default_factory=dict)
    polls: SingleFlight[UsageSample] = field(default_factory=SingleFlight)

    def newest(self, key: FeedKey) -> UsageSample | None:
        """The newest sample known, however old."""
        return self.samples.get(key)

    async def current(self, key: FeedKey) -> UsageSample:
        """The newest sample while no newer is to be expected, else one polled now."""
        sample = self.newest(key)
        if sample is not None and self.clock.now() < await self._successor_at(key, sample):
            return sample
        try:
            return await self.poll(key, Purpose.READ)
        except BudgetSpent:
            # Perhaps it was a stream's poll, which may not touch what is kept for reads.
            return await self.poll(key, Purpose.READ)

    async def poll(self, key: FeedKey, purpose: Purpose) -> UsageSample:
        """Ask Emporia now; raises LinkDead when no link is left, or what EmporiaCalls raises."""
        return await self.polls(key, lambda: self._poll(key, purpose))

    async def close(self) -> None:
        """Stop the polls that run."""
        await self.polls.close()

    async def _successor_at(self, key: FeedKey, sample: UsageSample) -> datetime:
        """When a newer sample is to be expected; worked out once, however many ask."""
        known = self.successors.get(key)
        if known is None or known[0] is not sample:
            pause = await self.pace.pause_seconds(key, unchanged_polls=0)
            expected = sample.received_at + timedelta(seconds=pause + ANSWER_ALLOWANCE_SECONDS)
            known = self.successors[key] = (sample, expected)
        return known[1]

    async def _poll(self, key: FeedKey, purpose: Purpose) -> UsageSample:
        tried: set[EmporiaLink] = set()
        while True:
            link = await self._live_link(key.account, tried)
            try:
                sample = await self.ask(link, purpose, key)
            except (LinkDead, NotLinked):
                tried.add(link)
                continue
            self.samples[key] = sample
            await self.events.publish(
                SampleTaken(account=key.account, scale=key.scale, unit=key.unit, sample=sample)
            )
            return sample

    async def _live_link(self, account: AccountId, tried: Collection[EmporiaLink]) -> EmporiaLink:
        """The oldest link worth trying, looked up anew: links come and go while one is tried."""
        for link in await self.links.of_account(account):
            if not link.is_dead and link not in tried:
                return link
        raise LinkDead

    async def ask(
        self, link: EmporiaLink, purpose: Purpose, key: FeedKey, instant: datetime | None = None
    ) -> UsageSample:
        """What Emporia says through this link, of now or of another instant (UTC).

        An answer without any of the devices that were asked for is EmporiaUnreadable.
        """
        customer = await self.directory.customer(link, purpose, max_age_seconds=LOOKUP_AGE_SECONDS)
        gids = sorted(customer.gids)
        if not gids:
            now = instant or self.clock.now()
            nothing = self.gateway.no_usages(instant=now, scale=key.scale, unit=key.unit)
            return nothing.of_homes(())
        try:
            sample = await self._usages(link, purpose, key, gids, instant)
        except EmporiaRefusedRequest:
            self.directory.forget(link.account)
            raise
        if not sample.devices:
            raise EmporiaUnreadable  # seen now and then in place of the devices that were asked for
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
        return await self.calls(
            link,
            purpose,
            lambda tokens: self.gateway.usages(
                tokens,
                gids=gids,
                instant=instant or self.clock.now() - lag,
                scale=key.scale,
                unit=key.unit,
            ),
        )
