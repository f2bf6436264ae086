"""Whole days of watching on the budget that Emporia asks for, lived through in seconds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from adapters.fake.emporia.emporia_gateway import HOME, ScriptedEmporiaGateway
from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import Frame
from application.live.feed.subscription import Subscription
from domain.emporia.samples import UsageSample
from domain.emporia.usage import Scale

DAILY_REQUESTS = 2000
KEPT_FOR_READS = 200
DAYS = 3
DAY_SECONDS, HOUR_SECONDS = 86_400, 3600
LOOK_SECONDS = 7
"""How often a frame leaves here and is looked at; no part of a minute, so as to see all of it."""

READ_EVERY_SECONDS = 30
STREAMING = Path(__file__).parents[4] / "docs/streaming.md"


class PublishingGateway(ScriptedEmporiaGateway):
    """Shows a minute 10 to 50 seconds after its end, each one as late as chance has it."""

    async def usages(
        self, tokens: Any, *, gids: Any, instant: datetime, scale: Scale, unit: Any
    ) -> UsageSample:
        """The newest second, or the newest minute that is published."""
        if scale is Scale.MINUTE:
            minute = int(instant.timestamp()) // 60
            while minute * 60 + 10 + minute * 7919 % 41 > instant.timestamp():
                minute -= 1
            instant = datetime.fromtimestamp(minute * 60, UTC)
        self.watts = instant.timestamp() % DAY_SECONDS
        return await super().usages(tokens, gids=gids, instant=instant, scale=scale, unit=unit)


class Viewer(Mailbox):
    """Knows when what it sees was sampled."""

    def __init__(self) -> None:
        super().__init__()
        self.sampled_at: datetime | None = None

    def put_frame(self, frame: Frame) -> None:
        """See the newest frame."""
        self.sampled_at = sampled_at(json.loads(frame.text)["data"]["deviceListUsages"])


def sampled_at(usages: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(usages["instant"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Who watches at which scale, how long in each hour, and how many read."""

    scale: Scale = Scale.MINUTE
    seconds_an_hour: int = HOUR_SECONDS
    readers: int = 0

    def watches(self, second: int) -> bool:
        return second % HOUR_SECONDS < self.seconds_an_hour


SCENARIOS = {
    "ten minutes of each hour at `1MIN`": Scenario(scale=Scale.MINUTE, seconds_an_hour=600),
    "all day at `1MIN`": Scenario(scale=Scale.MINUTE),
    "all day at `1S`": Scenario(scale=Scale.SECOND),
    "ten minutes of each hour at `1S`": Scenario(scale=Scale.SECOND, seconds_an_hour=600),
    "nobody; twenty readers of `1MIN` every 30 s": Scenario(seconds_an_hour=0, readers=20),
    "all day at `1S`, beside those readers": Scenario(scale=Scale.SECOND, readers=20),
}


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came of a scenario: ages in seconds of what a stream showed, or else of the reads."""

    ages: list[float] = field(default_factory=list)
    requests_at: Sequence[datetime] = ()
    least_left: int = DAILY_REQUESTS
    refused_reads: int = 0

    def row(self, name: str) -> str:
        """The line in the table."""
        requests = round(len(self.requests_at) / DAYS)
        ages = (median(self.ages), quantiles(self.ages, n=20)[-1], max(self.ages))
        return f"| {name} | {requests:,} | " + " | ".join(f"{age:.0f}" for age in ages) + " |"


SOON_OVER = ("ten minutes of each hour at `1MIN`", "ten minutes of each hour at `1S`")
"""The others take five times as long to live through: `make chaos` does."""


async def live_through(scenario: Scenario, world: Any, process: Any) -> Outcome:
    """Let the days pass, and look every few seconds at what there is to see."""
    await world.link()
    outcome, viewer, stream, reads_owed = Outcome(), Viewer(), None, 0.0
    for second in range(0, DAYS * DAY_SECONDS, LOOK_SECONDS):
        if stream is None and scenario.watches(second):
            stream = process.watch(viewer, Subscription(scale=scenario.scale))
            await world.settle_long()
        elif stream is not None and not scenario.watches(second):
            process.feeds.leave(stream)
            stream = None
        await world.clock.advance(LOOK_SECONDS)
        seen = [viewer.sampled_at] if stream is not None else []
        reads_owed += scenario.readers * LOOK_SECONDS / READ_EVERY_SECONDS
        while reads_owed >= 1:
            reads_owed -= 1
            sample = await process.read()
            if sample is None:
                outcome.refused_reads += 1
            elif scenario.seconds_an_hour == 0:
                seen.append(sample.instant)
        outcome.ages.extend((world.clock.now() - each).total_seconds() for each in seen)
        outcome.least_left = min(outcome.least_left, process.budgets.left(HOME))
    await process.stop()
    outcome.requests_at = [at for _, at in world.cloud.calls]
    return outcome


def most_in_24_hours(times: Sequence[datetime]) -> int:
    most, oldest = 0, 0
    for newest, end in enumerate(times):
        while times[oldest] <= end - timedelta(hours=24):
            oldest += 1
        most = max(most, newest - oldest + 1)
    return most


async def look_at_days(name: str, world: Any, start: Any) -> None:
    """Live through this scenario: the budget holds, and the documentation has its row."""
    process = start(world, daily_requests=DAILY_REQUESTS, tick_seconds=LOOK_SECONDS)
    outcome = await live_through(SCENARIOS[name], world, process)

    assert most_in_24_hours(outcome.requests_at) <= DAILY_REQUESTS
    assert outcome.least_left >= KEPT_FOR_READS
    assert outcome.refused_reads == 0
    assert max(outcome.ages) < 600
    if name == "all day at `1MIN`":
        assert len(outcome.requests_at) < 1.1 * DAYS * DAY_SECONDS / 60
        seen_at_once = 30 + 30
        assert median(outcome.ages) - seen_at_once <= 25
    row = outcome.row(name)
    assert row in STREAMING.read_text(), f"docs/streaming.md lacks: {row}"
