"""Sixty requests a day have to last: for a stream that is open for days, and for reads too."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from adapters.fake.clock import ManualClock
from adapters.fake.emporia.emporia_gateway import HOME, ScriptedEmporiaGateway
from adapters.memory.leases import OnlyNode
from adapters.sql.request_ledger import SqlRequestLedger
from adapters.sqlite.engine import open_engine
from adapters.sqlite.migrate import upgrade
from application.emporia.cloud.request_budgets import RequestBudgets
from application.live.feed.mailbox import Mailbox
from application.live.feed.subscription import PLAIN
from domain.emporia.cloud.budget_shares import Purpose
from domain.errors import BudgetSpent

DAILY_REQUESTS = 60
DAY_SECONDS = 86_400
TICK_SECONDS = 5
"""Between two frames, which are a second apart in a gateway: days pass in a fifth of the time."""


class CountingOutlet(Mailbox):
    """Counts the frames it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.frames = 0

    def put_frame(self, frame) -> None:
        self.frames += 1
        super().put_frame(frame)


async def live(process, seconds: int, *, reads_at: Sequence[int]) -> int:
    """Let time pass, with somebody who reads "now" at these seconds; the reads answered."""
    answered, passed = 0, 0
    for at in sorted(reads_at):
        await process.clock.advance(at - passed)
        passed = at
        answered += await process.read() is not None
    await process.clock.advance(seconds - passed)
    return answered


def most_in_24_hours(times: Sequence[datetime]) -> int:
    day = timedelta(hours=24)
    return max(sum(end - day < each <= end for each in times) for end in times)


async def test_sixty_requests_a_day_carry_a_frame_a_tick_over_days_and_a_restart(
    make_world, start
) -> None:
    world = make_world(ScriptedEmporiaGateway)
    await world.link()
    reads = random.Random(60)  # noqa: S311 - the same reads each time
    answered = 0
    outlets = [CountingOutlet(), CountingOutlet()]
    for outlet in outlets:
        process = start(world, daily_requests=DAILY_REQUESTS, tick_seconds=TICK_SECONDS)
        process.watch(outlet, PLAIN)
        answered += await live(
            process,
            DAY_SECONDS * 3 // 2,
            reads_at=reads.sample(range(1, DAY_SECONDS * 3 // 2), 40),
        )
        await process.stop()

    made = [at for _, at in world.cloud.calls]
    assert most_in_24_hours(made) <= DAILY_REQUESTS
    assert len(made) > 2 * DAILY_REQUESTS
    assert answered == 80
    least = DAY_SECONDS * 3 // 2 // TICK_SECONDS
    assert [outlet.frames >= least for outlet in outlets] == [True, True]


async def test_the_database_remembers_what_is_spent_across_every_restart(tmp_path: Path) -> None:
    clock = ManualClock(settling_rounds=1)
    upgrade(tmp_path / "gateway.db")
    engine = open_engine(tmp_path / "gateway.db")
    chance = random.Random(24)  # noqa: S311 - the same requests each time
    made = []
    for _ in range(20):
        budgets = RequestBudgets(
            ledger=SqlRequestLedger(engine),
            leases=OnlyNode(),
            clock=clock,
            daily_requests=DAILY_REQUESTS,
        )
        for _ in range(40):
            await clock.advance(chance.expovariate(1 / 300))
            try:
                await budgets.take(HOME, chance.choice(list(Purpose)))
            except BudgetSpent:
                continue
            made.append(clock.now())
    await engine.dispose()
    assert most_in_24_hours(made) == DAILY_REQUESTS
    assert made[-1] - made[0] > timedelta(days=2)
