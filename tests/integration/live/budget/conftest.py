"""The live path on a clock that runs through days in seconds."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from adapters.fake.clock import ManualClock
from adapters.fake.emporia_gateway import HOME, ScriptedEmporiaGateway
from adapters.fake.emporia_links import InMemoryEmporiaLinkRepository
from adapters.fake.emporia_user_pool import ScriptedEmporiaUserPool
from adapters.fake.frame_encoder import JsonFrameEncoder
from adapters.fake.randomness import FixedRandomness
from adapters.fake.request_ledger import InMemoryRequestLedger
from adapters.fake.store import InMemoryStore
from adapters.memory.events import InProcessEvents
from application.emporia.calls import EmporiaCalls
from application.emporia.device_directory import DeviceDirectory
from application.emporia.request_budgets import RequestBudgets
from application.emporia.sessions import EmporiaSessions
from application.live.feed import LiveFeed
from application.live.feeds import LiveFeeds
from application.live.open_streams import OpenStream
from application.live.outlet import Outlet
from application.live.poll_pace import PollPace
from application.live.samples import LiveSamples
from application.live.subscription import FeedKey, Subscription
from domain.accounts.users import EmailAddress, User, UserId
from domain.emporia.links import EmporiaLink
from domain.emporia.samples import UsageSample
from domain.errors import BudgetSpent

ADA = UserId(UUID(int=1))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class World:
    """What outlives a restart: the clock, the ledger, the link, and Emporia's cloud."""

    def __init__(self, make_cloud: Callable[[ManualClock], ScriptedEmporiaGateway]) -> None:
        self.clock = ManualClock(settling_rounds=8)
        self.ledger = InMemoryRequestLedger()
        self.cloud = make_cloud(self.clock)
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

    async def settle_long(self) -> None:
        """Let a first poll run, which may have tokens and devices to ask for before."""
        for _ in range(3):
            await self.clock.settle()

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
    """The gateway's live path from one start to its stop."""

    def __init__(self, world: World, *, daily_requests: int, tick_seconds: float = 1.0) -> None:
        self.clock = world.clock
        self.budgets = RequestBudgets(
            ledger=world.ledger, clock=world.clock, daily_requests=daily_requests
        )
        events = InProcessEvents()
        pace = PollPace(budgets=self.budgets, clock=world.clock)
        self.sessions = EmporiaSessions(
            links=world.links,
            user_pool=world.pool,
            events=events,
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
            pace=pace,
            events=events,
            clock=world.clock,
        )
        self.feeds = LiveFeeds(
            lambda key: LiveFeed(
                key,
                samples=self.samples,
                budgets=self.budgets,
                pace=pace,
                encoder=JsonFrameEncoder(),
                clock=world.clock,
                events=events,
                randomness=FixedRandomness(),
                tick_seconds=tick_seconds,
            )
        )

    def watch(self, outlet: Outlet, subscription: Subscription) -> OpenStream:
        """A stream that watches the home."""
        stream = OpenStream(
            user_id=ADA,
            login_id="",
            login_at=LONG_AGO,
            expires_at=LONG_AGO,
            outlet=outlet,
            subscription=subscription,
        )
        self.feeds.watch(stream, HOME)
        return stream

    async def read(self) -> UsageSample | None:
        """What a read of "now" is answered with, None where the budget is spent."""
        try:
            return await self.samples.current(FeedKey(HOME))
        except BudgetSpent:
            return None

    async def stop(self) -> None:
        await self.feeds.close()
        await self.samples.close()
        await self.directory.close()
        await self.sessions.close()


@pytest.fixture(scope="module")
def make_world() -> type[World]:
    """Makes worlds, each with a cloud of the kind that is handed in."""
    return World


@pytest.fixture(scope="module")
def start() -> type[Process]:
    """Starts a process in a world; whoever starts it has to `stop` it."""
    return Process
