"""Sixty requests a day have to last: for a stream that is open for days, and for reads too."""

import asyncio
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from adapters.fake.clock import ManualClock
from adapters.fake.emporia_gateway import HOME, ScriptedEmporiaGateway
from adapters.fake.emporia_links import InMemoryEmporiaLinkRepository
from adapters.fake.emporia_user_pool import ScriptedEmporiaUserPool
from adapters.fake.frame_encoder import JsonFrameEncoder
from adapters.fake.randomness import FixedRandomness
from adapters.fake.request_ledger import InMemoryRequestLedger
from adapters.fake.store import InMemoryStore
from adapters.sqlite.engine import open_engine
from adapters.sqlite.migrate import upgrade
from adapters.sqlite.request_ledger import SqliteRequestLedger
from application.device_directory import DeviceDirectory
from application.emporia_calls import EmporiaCalls
from application.emporia_sessions import EmporiaSessions
from application.live_feed import LiveFeed
from application.live_feeds import LiveFeeds
from application.live_samples import LiveSamples
from application.open_streams import OpenStream, OpenStreams
from application.ports.request_ledger import RequestLedger
from application.request_budgets import RequestBudgets
from domain.emporia import EmporiaLink
from domain.errors import BudgetSpent
from domain.request_budget import Purpose
from domain.users import EmailAddress, User, UserId

DAILY_REQUESTS = 60
DAY_SECONDS = 86_400
ADA = UserId(UUID(int=1))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class World:
    """What outlives a restart: the clock, the ledger, the link, and Emporia's cloud."""

    def __init__(self, ledger: RequestLedger) -> None:
        self.clock = ManualClock(settling_rounds=5)
        self.ledger = ledger
        self.cloud = ScriptedEmporiaGateway(self.clock)
        self.pool = ScriptedEmporiaUserPool(self.clock)
        store = InMemoryStore()
        store.users[ADA] = User(
            id=ADA,
            email=EmailAddress("ada@example.com"),
            password_hash="",
            created_at=LONG_AGO,
            updated_at=LONG_AGO,
        )
        self.links = InMemoryEmporiaLinkRepository(store)

    async def link(self) -> None:
        sign_in = await self.pool.sign_in("home@example.com", "emporia-password")
        await self.links.save(
            EmporiaLink(
                user_id=ADA,
                account=HOME,
                subject=sign_in.subject,
                emporia_username="home@example.com",
                linked_at=self.clock.now(),
                tokens=sign_in.tokens,
            )
        )


class Process:
    """The gateway from one start to its stop, with one stream that counts its frames."""

    def __init__(self, world: World) -> None:
        self.clock = world.clock
        self.frames = 0
        self.stream = OpenStream(user_id=ADA, login_id="", expires_at=LONG_AGO)
        self.budgets = RequestBudgets(
            ledger=world.ledger, clock=world.clock, daily_requests=DAILY_REQUESTS
        )
        self.sessions = EmporiaSessions(
            links=world.links,
            user_pool=world.pool,
            open_streams=OpenStreams(most_per_user=1),
            clock=world.clock,
        )
        calls = EmporiaCalls(
            sessions=self.sessions,
            budgets=self.budgets,
            clock=world.clock,
            randomness=FixedRandomness(),
        )
        self.directory = DeviceDirectory(gateway=world.cloud, calls=calls, clock=world.clock)
        self.samples = LiveSamples(
            links=world.links,
            directory=self.directory,
            gateway=world.cloud,
            calls=calls,
            budgets=self.budgets,
            clock=world.clock,
        )
        self.feeds = LiveFeeds(
            lambda account: LiveFeed(
                account,
                samples=self.samples,
                budgets=self.budgets,
                encoder=JsonFrameEncoder(),
                clock=world.clock,
                randomness=FixedRandomness(),
            )
        )
        self.feeds.watch(self.stream, HOME)
        self.reader = asyncio.create_task(self._count_frames())

    async def live(self, seconds: int, *, reads_at: Sequence[int]) -> int:
        """Let time pass, with somebody who reads "now" at these seconds; the reads answered."""
        answered, passed = 0, 0
        for at in sorted(reads_at):
            await self.clock.advance(at - passed)
            passed = at
            answered += await self._read()
        await self.clock.advance(seconds - passed)
        return answered

    async def stop(self) -> None:
        self.reader.cancel()
        await asyncio.gather(self.reader, return_exceptions=True)
        await self.feeds.close()
        await self.samples.close()
        await self.directory.close()
        await self.sessions.close()

    async def _read(self) -> bool:
        try:
            await self.samples.current(HOME)
        except BudgetSpent:
            return False
        return True

    async def _count_frames(self) -> None:
        while True:
            self.frames += isinstance(await self.stream.mailbox.take(), bytes)


def most_in_24_hours(times: Sequence[datetime]) -> int:
    day = timedelta(hours=24)
    return max(sum(end - day < each <= end for each in times) for end in times)


async def test_sixty_requests_a_day_carry_a_frame_a_second_over_days_and_a_restart() -> None:
    world = World(InMemoryRequestLedger())
    await world.link()
    reads = random.Random(60)  # noqa: S311 - the same reads each time
    answered = 0

    before = Process(world)
    answered += await before.live(
        DAY_SECONDS * 3 // 2, reads_at=reads.sample(range(1, DAY_SECONDS * 3 // 2), 40)
    )
    await before.stop()
    after = Process(world)
    answered += await after.live(
        DAY_SECONDS * 3 // 2, reads_at=reads.sample(range(1, DAY_SECONDS * 3 // 2), 40)
    )
    await after.stop()

    made = [at for _, at in world.cloud.calls]
    assert most_in_24_hours(made) <= DAILY_REQUESTS
    assert len(made) > 2 * DAILY_REQUESTS
    assert answered == 80
    assert before.frames >= DAY_SECONDS * 3 // 2
    assert after.frames >= DAY_SECONDS * 3 // 2


async def test_the_database_remembers_what_is_spent_across_every_restart(tmp_path: Path) -> None:
    clock = ManualClock(settling_rounds=1)
    upgrade(tmp_path / "gateway.db")
    engine = open_engine(tmp_path / "gateway.db")
    chance = random.Random(24)  # noqa: S311 - the same requests each time
    made = []
    for _ in range(20):
        budgets = RequestBudgets(
            ledger=SqliteRequestLedger(engine), clock=clock, daily_requests=DAILY_REQUESTS
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
