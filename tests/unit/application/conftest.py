"""A whole gateway on fakes: every use-case wired, time in the test's hands."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from adapters.fake.access_tokens import InMemoryAccessTokens
from adapters.fake.clock import ManualClock
from adapters.fake.emporia_gateway import ScriptedEmporiaGateway
from adapters.fake.emporia_links import InMemoryEmporiaLinkRepository
from adapters.fake.emporia_user_pool import ScriptedEmporiaUserPool
from adapters.fake.ended_logins import InMemoryEndedLogins
from adapters.fake.erased_data import ScriptedErasedData
from adapters.fake.foreign_changes import ScriptedForeignChanges
from adapters.fake.frame_encoder import JsonFrameEncoder
from adapters.fake.known_networks import InMemoryKnownNetworks
from adapters.fake.passwords import TransparentPasswordHasher
from adapters.fake.randomness import FixedRandomness
from adapters.fake.request_ledger import InMemoryRequestLedger
from adapters.fake.store import InMemoryStore
from adapters.fake.users import InMemoryUserRepository
from adapters.memory.events import InProcessEvents
from adapters.memory.refusals import InMemoryRefusals
from application.accounts.access import AccessPolicy, Caller, CheckAccess, IssueAccess
from application.accounts.delete_account import DeleteAccount
from application.accounts.list_users import ListUsers
from application.accounts.log_in import Credentials, LogIn
from application.accounts.log_out import LogOut
from application.accounts.prove_password import ProvePassword
from application.accounts.register import Register, Registration
from application.accounts.remove_user import RemoveUser
from application.accounts.renew_token import RenewToken
from application.accounts.reset_password import ResetPassword
from application.archive.read_history import ReadHistory
from application.emporia.calls import EmporiaCalls
from application.emporia.device_directory import DeviceDirectory
from application.emporia.link_emporia import LinkEmporia, LinkRequest
from application.emporia.list_devices import ListDevices
from application.emporia.read_profile import ReadProfile
from application.emporia.request_budgets import RequestBudgets
from application.emporia.sessions import EmporiaSessions
from application.emporia.sign_in import SignInAtEmporia
from application.emporia.unlink_emporia import UnlinkEmporia
from application.live.feed import LiveFeed
from application.live.feeds import LiveFeeds
from application.live.follow_accounts import FollowAccounts
from application.live.mailbox import Mailbox
from application.live.open_streams import OpenStream, OpenStreams
from application.live.outlet import Outlet
from application.live.poll_pace import PollPace
from application.live.read_instant import InstantQuery, ReadInstant
from application.live.samples import LiveSamples
from application.live.stream_usage import StreamUsage
from application.operations.count_events import CountEvents
from application.operations.log_events import LogEvents
from application.operations.notice_foreign_changes import NoticeForeignChanges
from application.operations.wipe_erased import WipeErased
from domain.accounts.pauses import PASSWORD_PAUSES
from domain.accounts.sign_up import SignUp
from domain.emporia.links import SIGN_IN_PAUSES, AccountId, EmporiaLink
from domain.emporia.usage import EnergyUnit, Scale

PASSWORD = "correct horse"
OWNER = "home@example.com"
EMPORIA_PASSWORD = "emporia-password"
SETTLING_ROUNDS = 10
"""The longest way from a waking sleeper to the next sleep takes seven."""


class World:
    """One gateway with one Emporia cloud. `daily_requests` 0 means no budget.

    Frames leave every `tick_seconds`; where only polls matter, fewer make hours pass faster.
    """

    def __init__(
        self,
        *,
        daily_requests: int = 0,
        token_lifetime: timedelta = timedelta(hours=1),
        access_policy: AccessPolicy | None = None,
        most_streams: int = 100,
        most_buckets: int = 100_000,
        sign_up: SignUp = SignUp.OPEN,
        tick_seconds: float = 1.0,
    ) -> None:
        self.clock = ManualClock(settling_rounds=SETTLING_ROUNDS)
        self.policy = access_policy or AccessPolicy(token_lifetime=timedelta(days=30))
        self.store = InMemoryStore()
        self.events = InProcessEvents()
        self.users = InMemoryUserRepository(self.store)
        self.links = InMemoryEmporiaLinkRepository(self.store)
        self.ended_logins = InMemoryEndedLogins(self.store)
        self.access_tokens = InMemoryAccessTokens()
        self.passwords = TransparentPasswordHasher()
        self.randomness = FixedRandomness()
        self.encoder = JsonFrameEncoder()
        self.ledger = InMemoryRequestLedger()
        self.pool = ScriptedEmporiaUserPool(self.clock, token_lifetime=token_lifetime)
        self.cloud = ScriptedEmporiaGateway(self.clock)
        self.open_streams = OpenStreams(most_per_user=most_streams)
        self.budgets = RequestBudgets(
            ledger=self.ledger, clock=self.clock, daily_requests=daily_requests
        )
        self.sessions = EmporiaSessions(
            links=self.links,
            user_pool=self.pool,
            events=self.events,
            clock=self.clock,
        )
        self.calls = EmporiaCalls(
            sessions=self.sessions,
            budgets=self.budgets,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.directory = DeviceDirectory(gateway=self.cloud, calls=self.calls, clock=self.clock)
        self.pace = PollPace(budgets=self.budgets, clock=self.clock)
        self.samples = LiveSamples(
            links=self.links,
            directory=self.directory,
            gateway=self.cloud,
            calls=self.calls,
            pace=self.pace,
            events=self.events,
            clock=self.clock,
        )
        self.feeds = LiveFeeds(
            partial(
                LiveFeed,
                samples=self.samples,
                budgets=self.budgets,
                pace=self.pace,
                encoder=self.encoder,
                clock=self.clock,
                events=self.events,
                randomness=self.randomness,
                tick_seconds=tick_seconds,
            )
        )
        self.issue_access = IssueAccess(
            access_tokens=self.access_tokens,
            clock=self.clock,
            randomness=self.randomness,
            policy=self.policy,
        )
        self.check_access = CheckAccess(
            access_tokens=self.access_tokens,
            ended_logins=self.ended_logins,
            users=self.users,
            clock=self.clock,
        )
        self.wrong_passwords = InMemoryRefusals(rule=PASSWORD_PAUSES, clock=self.clock)
        self.known_networks = InMemoryKnownNetworks(self.store)
        self.prove_password = ProvePassword(
            passwords=self.passwords,
            refusals=self.wrong_passwords,
            known_networks=self.known_networks,
            clock=self.clock,
        )
        self.register = Register(
            users=self.users,
            passwords=self.passwords,
            clock=self.clock,
            randomness=self.randomness,
            events=self.events,
            shortest_password=8,
            sign_up=sign_up,
        )
        self.list_users = ListUsers(users=self.users)
        self.reset_password = ResetPassword(
            users=self.users, passwords=self.passwords, clock=self.clock, shortest_password=8
        )
        self.remove_user = RemoveUser(users=self.users, events=self.events)
        self.log_in = LogIn(
            users=self.users,
            passwords=self.passwords,
            prove_password=self.prove_password,
            issue_access=self.issue_access,
            events=self.events,
        )
        self.renew_token = RenewToken(issue_access=self.issue_access)
        self.log_out = LogOut(
            ended_logins=self.ended_logins, events=self.events, policy=self.policy
        )
        self.read_profile = ReadProfile(links=self.links)
        self.delete_account = DeleteAccount(
            users=self.users, prove_password=self.prove_password, events=self.events
        )
        self.stream_usage = StreamUsage(
            check_access=self.check_access,
            links=self.links,
            directory=self.directory,
            open_streams=self.open_streams,
            feeds=self.feeds,
            clock=self.clock,
        )
        self.follow_accounts = FollowAccounts(
            links=self.links, open_streams=self.open_streams, feeds=self.feeds
        )
        self.foreign_changes = ScriptedForeignChanges()
        self.notice_foreign_changes = NoticeForeignChanges(
            changes=self.foreign_changes,
            check_access=self.check_access,
            open_streams=self.open_streams,
            events=self.events,
            clock=self.clock,
        )
        self.erased_data = ScriptedErasedData()
        self.wipe_erased = WipeErased(erased_data=self.erased_data, clock=self.clock)
        self.event_counts = CountEvents()
        for listener in (self.follow_accounts, self.event_counts, LogEvents(), self.wipe_erased):
            listener.listen(self.events)
        self.sign_in_at_emporia = SignInAtEmporia(
            user_pool=self.pool,
            links=self.links,
            refusals=InMemoryRefusals(rule=SIGN_IN_PAUSES, clock=self.clock),
        )
        self.link_emporia = LinkEmporia(
            sign_in=self.sign_in_at_emporia,
            gateway=self.cloud,
            links=self.links,
            directory=self.directory,
            budgets=self.budgets,
            events=self.events,
            clock=self.clock,
        )
        self.unlink_emporia = UnlinkEmporia(links=self.links, events=self.events)
        self.list_devices = ListDevices(links=self.links, directory=self.directory)
        self.read_instant = ReadInstant(
            links=self.links,
            directory=self.directory,
            samples=self.samples,
            clock=self.clock,
        )
        self.read_history = ReadHistory(
            links=self.links,
            directory=self.directory,
            gateway=self.cloud,
            calls=self.calls,
            budgets=self.budgets,
            most_buckets=most_buckets,
            concurrency=3,
        )

    async def sign_up(self, email: str = "ada@example.com") -> Caller:
        """Somebody who has signed up and logged in."""
        await self.register(Registration(email=email, password=PASSWORD))
        return await self.log_in_again(email)

    async def log_in_again(self, email: str = "ada@example.com") -> Caller:
        """The same person with a further login."""
        return await self.check_access(await self.token(email))

    async def token(self, email: str = "ada@example.com") -> str:
        return await self.log_in(Credentials(email=email, password=PASSWORD))

    async def link(
        self,
        caller: Caller,
        username: str = OWNER,
        *,
        account: AccountId | None = None,
    ) -> None:
        """Link an Emporia account, `cloud`'s usual home unless another is named."""
        self.pool.passwords[username] = EMPORIA_PASSWORD
        if account is not None:
            self.cloud.accounts[f"id-{username}-{self.pool.sign_ins + 1}"] = account
        await self.clock.advance(0.001)
        await self.link_emporia(
            LinkRequest(caller=caller, emporia_username=username, emporia_password=EMPORIA_PASSWORD)
        )

    async def resident(self, email: str = "ada@example.com", username: str = OWNER) -> Caller:
        """Somebody who has signed up, logged in and linked the home."""
        caller = await self.sign_up(email)
        await self.link(caller, username)
        return caller

    async def link_of(self, caller: Caller) -> EmporiaLink:
        return self.store.links[caller.user.id]

    async def open(self, caller: Caller, outlet: Outlet | None = None) -> OpenStream:
        """A stream of the caller's, on a login of its own, that watches nothing yet."""
        token = self.issue_access.for_new_login(caller.user)
        return await self.stream_usage.open(token, outlet or Mailbox())

    def now_query(self, caller: Caller, gids: frozenset[int] | None = None) -> InstantQuery:
        return InstantQuery(
            caller=caller,
            instant=self.clock.now(),
            scale=Scale.MINUTE,
            unit=EnergyUnit.KILOWATT_HOURS,
            gids=gids,
        )

    async def shut_down(self) -> None:
        """Stop everything that runs, in the gateway's own order."""
        for each in (self.feeds, self.samples, self.directory, self.sessions):
            await each.close()


@pytest.fixture
async def make_world() -> AsyncIterator[Callable[..., World]]:
    """Makes worlds, and stops what runs in them when the test is over."""
    made: list[World] = []

    def make(**settings: Any) -> World:
        made.append(World(**settings))
        return made[-1]

    yield make
    for world in made:
        await world.shut_down()


@pytest.fixture
async def world(make_world: Callable[..., World]) -> World:
    """A gateway with every setting at its default and no budget."""
    return make_world()
