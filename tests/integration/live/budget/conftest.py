"""The live path on a clock that runs through days in seconds."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import pytest

from adapters.fake.billing.cost_board import ScriptedCostBoard
from adapters.fake.clock import ManualClock
from adapters.fake.emporia.emporia_gateway import HOME, ScriptedEmporiaGateway
from adapters.fake.emporia.emporia_links import InMemoryEmporiaLinkRepository
from adapters.fake.emporia.emporia_user_pool import ScriptedEmporiaUserPool
from adapters.fake.emporia.last_answers import InMemoryLastAnswers
from adapters.fake.emporia.request_ledger import InMemoryRequestLedger
from adapters.fake.live.frame_encoder import JsonFrameEncoder
from adapters.fake.randomness import FixedRandomness
from adapters.fake.store import InMemoryStore
from adapters.memory.breakers import InMemoryBreakers
from adapters.memory.events import InProcessEvents
from adapters.memory.leases import OnlyNode
from adapters.memory.refusals import InMemoryRefusals
from application.emporia.cloud.calls import EmporiaCalls
from application.emporia.cloud.gates import Gates
from application.emporia.cloud.kept_answers import KeptAnswers
from application.emporia.cloud.outages import Outages
from application.emporia.cloud.read_shares import ReadShares
from application.emporia.cloud.refused_devices import RefusedDevices
from application.emporia.cloud.renewal import RenewTokens
from application.emporia.cloud.request_budgets import RequestBudgets
from application.emporia.cloud.sessions import EmporiaSessions
from application.emporia.device_directory import DeviceDirectory
from application.emporia.sign_in import SignInAtEmporia
from application.live.feed.feed import LiveFeed
from application.live.feed.feeds import LiveFeeds
from application.live.feed.outlet import Outlet
from application.live.feed.poll_pace import PollPace
from application.live.feed.samples import LiveSamples
from application.live.feed.subscription import FeedKey, Subscription
from application.live.live_counts import LiveCounts
from application.live.open_streams import OpenStream
from application.live.replay.panel_seconds import PanelSeconds
from application.live.replay.replay_feed import ReplayFeed, ReplayMeans
from domain.accounts.users import EmailAddress, User, UserId
from domain.emporia.links import SIGN_IN_PAUSES, EmporiaLink, LinkLife
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
                signed_in_at=self.clock.now(),
                tokens=sign_in.tokens,
            )
        )


class Process:
    """The gateway's live path from one start to its stop."""

    def __init__(self, world: World, *, daily_requests: int, tick_seconds: float = 1.0) -> None:
        self.clock = world.clock
        self.budgets = RequestBudgets(
            ledger=world.ledger, leases=OnlyNode(), clock=world.clock, daily_requests=daily_requests
        )
        events = InProcessEvents()
        pace = PollPace(budgets=self.budgets, clock=world.clock)
        gates = Gates(
            breakers=InMemoryBreakers(),
            events=events,
            clock=world.clock,
            randomness=FixedRandomness(),
        )
        self.sessions = EmporiaSessions(
            links=world.links,
            leases=OnlyNode(),
            turns=OnlyNode(),
            renew_tokens=RenewTokens(
                links=world.links,
                user_pool=world.pool,
                sign_in=SignInAtEmporia(
                    user_pool=world.pool,
                    links=world.links,
                    refusals=InMemoryRefusals(rule=SIGN_IN_PAUSES, clock=world.clock),
                ),
                events=events,
                clock=world.clock,
                life=LinkLife(),
                may_keep_passwords=False,
            ),
            gates=gates,
            events=events,
            clock=world.clock,
        )
        calls = EmporiaCalls(
            sessions=self.sessions,
            budgets=self.budgets,
            shares=ReadShares(links=world.links, clock=world.clock, daily_requests=daily_requests),
            outages=Outages(gates=gates),
            clock=world.clock,
        )
        self.directory = DeviceDirectory(
            gateway=world.cloud, calls=calls, events=events, clock=world.clock
        )
        self.samples = LiveSamples(
            links=world.links,
            directory=self.directory,
            refused_devices=RefusedDevices(events=events, clock=world.clock),
            kept_answers=KeptAnswers(
                last_answers=InMemoryLastAnswers(InMemoryStore()),
                links=world.links,
                gateway=world.cloud,
            ),
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
                counts=LiveCounts(),
                costs=ScriptedCostBoard(),
                tick_seconds=tick_seconds,
            ),
            partial(
                ReplayFeed,
                means=ReplayMeans(
                    seconds=PanelSeconds(
                        links=world.links,
                        directory=self.directory,
                        gateway=world.cloud,
                        calls=calls,
                        clock=world.clock,
                    ),
                    budgets=self.budgets,
                    pace=pace,
                    encoder=JsonFrameEncoder(),
                    clock=world.clock,
                    events=events,
                    randomness=FixedRandomness(),
                    counts=LiveCounts(),
                    costs=ScriptedCostBoard(),
                ),
            ),
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
