"""The minute that stands in for seconds: some homes are measured by the minute alone."""

from dataclasses import dataclass

from application.live.samples import LiveSamples
from application.live.subscription import FeedKey
from application.ports.clock import Clock
from domain.emporia.samples import UsageSample
from domain.emporia.usage import Scale
from domain.live.pacing import NATURAL_SECONDS

LONGEST_SECONDS = 300.0
"""The age from which a minute no longer stands in for what is used now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestMinute:
    """Knows the newest minute for a feed of seconds, whoever asked for it."""

    feed: FeedKey
    samples: LiveSamples
    clock: Clock

    @property
    def key(self) -> FeedKey:
        """What it is polled by."""
        return FeedKey(self.feed.account, Scale.MINUTE, self.feed.unit)

    def known(self) -> UsageSample | None:
        """The minute, where seconds leave a home unknown."""
        minute = self.samples.newest(self.key) if self._stands_in() else None
        return minute if minute and self._age_seconds(minute) < LONGEST_SECONDS else None

    def is_due(self) -> bool:
        """Whether it is worth a poll in place of the next second's."""
        if not self._stands_in():
            return False
        minute = self.samples.newest(self.key)
        return minute is None or self._age_seconds(minute) >= NATURAL_SECONDS[Scale.MINUTE]

    def _stands_in(self) -> bool:
        sample = self.samples.newest(self.feed) if self.feed.scale is Scale.SECOND else None
        return sample is not None and any(each.grid_watts is None for each in sample.homes or ())

    def _age_seconds(self, minute: UsageSample) -> float:
        return (self.clock.now() - minute.received_at).total_seconds()
