"""The minute that stands in for seconds: some homes are measured by the minute alone."""

from dataclasses import dataclass

from application.live.feed.samples import LiveSamples
from application.live.feed.subscription import FeedKey
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

    @property
    def key(self) -> FeedKey:
        """What it is polled by."""
        return FeedKey(self.feed.account, Scale.MINUTE, self.feed.unit)

    def known(self) -> UsageSample | None:
        """The minute, where seconds leave a home unknown."""
        minute = self.samples.newest(self.key)
        if minute is None or self._lacking_second() is None:
            return None
        return minute if self.samples.age_seconds(self.key) < LONGEST_SECONDS else None

    def is_due(self) -> bool:
        """Whether it is worth a poll in place of the next second's; never twice in a row."""
        second, minute = self._lacking_second(), self.samples.newest(self.key)
        if second is None or minute is None:
            return second is not None
        age = self.samples.age_seconds(self.key)
        was_last = age <= self.samples.age_seconds(self.feed)
        return not was_last and age >= NATURAL_SECONDS[Scale.MINUTE]

    def _lacking_second(self) -> UsageSample | None:
        """The newest second, where it leaves a home unknown."""
        second = self.samples.newest(self.feed) if self.feed.scale is Scale.SECOND else None
        if second is None or all(each.grid_watts is not None for each in second.homes or ()):
            return None
        return second
