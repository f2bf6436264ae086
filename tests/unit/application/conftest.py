"""A whole gateway on fakes: every use-case wired, time in the test's hands."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from adapters.fake.accounts.access_tokens import InMemoryAccessTokens
from adapters.fake.accounts.api_keys import InMemoryApiKeys
from adapters.fake.accounts.ended_logins import InMemoryEndedLogins
from adapters.fake.accounts.known_networks import InMemoryKnownNetworks
from adapters.fake.accounts.one_time_codes import CountingOneTimeCodes
from adapters.fake.accounts.passwords import TransparentPasswordHasher
from adapters.fake.accounts.second_factors import InMemorySecondFactors
from adapters.fake.accounts.sessions import InMemorySessions
from adapters.fake.accounts.tenants import InMemoryTenants
from adapters.fake.accounts.trail import InMemoryTrail
from adapters.fake.accounts.users import InMemoryUserRepository
from adapters.fake.archive.archives import InMemoryArchives
from adapters.fake.archive.chunk_codec import PlainChunkCodec
from adapters.fake.archive.chunk_store import InMemoryChunkStore
from adapters.fake.billing.cost_board import ChalkedCosts
from adapters.fake.clock import ManualClock
from adapters.fake.emporia.emporia_gateway import ScriptedEmporiaGateway
from adapters.fake.emporia.emporia_links import InMemoryEmporiaLinkRepository
from adapters.fake.emporia.emporia_user_pool import ScriptedEmporiaUserPool
from adapters.fake.emporia.last_answers import InMemoryLastAnswers
from adapters.fake.emporia.leases import OneOfMany
from adapters.fake.emporia.request_ledger import InMemoryRequestLedger
from adapters.fake.heavy_work import InlineHeavyWork
from adapters.fake.live.frame_encoder import JsonFrameEncoder
from adapters.fake.live.sample_exchange import JoinedExchange
from adapters.fake.operations.erased_data import ScriptedErasedData
from adapters.fake.operations.foreign_changes import ScriptedForeignChanges
from adapters.fake.randomness import FixedRandomness
from adapters.fake.store import InMemoryStore
from adapters.memory.breakers import InMemoryBreakers
from adapters.memory.events import InProcessEvents
from adapters.memory.leases import OnlyNode
from adapters.memory.nodes import NoOtherNodes
from adapters.memory.recent_figures import InMemoryRecentFigures
from adapters.memory.refusals import InMemoryRefusals
from application.accounts.access import AccessPolicy, Caller, IssueAccess
from application.accounts.check_access import CheckAccess
from application.accounts.delete_account import DeleteAccount
from application.accounts.keys.check_key import CheckKey
from application.accounts.keys.create_key import CreateKey
from application.accounts.keys.list_keys import ListKeys
from application.accounts.keys.revoke_key import RevokeKey
from application.accounts.list_users import ListUsers
from application.accounts.passwords.change_password import ChangePassword
from application.accounts.passwords.choose_password import ChoosePassword
from application.accounts.passwords.confirm_password import ConfirmPassword
from application.accounts.passwords.prove_password import ProvePassword
from application.accounts.passwords.reset_password import ResetPassword
from application.accounts.register import Register, Registration
from application.accounts.remove_user import RemoveUser
from application.accounts.second_factor.prove_code import ProveCode
from application.accounts.sessions.begin_session import BeginSession
from application.accounts.sessions.end_sessions import EndOtherSessions, EndSession
from application.accounts.sessions.list_sessions import ListSessions
from application.accounts.sessions.log_in import Credentials, LogIn
from application.accounts.sessions.log_out import LogOut
from application.accounts.sessions.renew_token import RenewToken
from application.accounts.sessions.use_session import UseSession
from application.accounts.tenants.create_tenant import CreateTenant
from application.accounts.tenants.find_tenant import FindTenant
from application.accounts.tenants.identify_client import IdentifyClient
from application.accounts.tenants.list_tenants import ListTenants
from application.accounts.tenants.remove_tenant import RemoveTenant
from application.accounts.tenants.rotate_tenant import RotateTenant
from application.accounts.trail.list_events import ListEvents
from application.accounts.trail.list_events_of import ListEventsOf
from application.accounts.trail.read_audit import ReadAudit
from application.archive.ask_cloud import AskCloud
from application.archive.choose_recording import ChooseRecording
from application.archive.flows.read_flows import ReadFlows
from application.archive.forget_archives import ForgetArchives
from application.archive.keep_readings import KeepReadings
from application.archive.list_archive import ListArchive
from application.archive.months import Months
from application.archive.plan_recording import PlanRecording
from application.archive.read_archive import ReadArchive
from application.archive.read_history import ReadHistory
from application.archive.read_many import ReadMany
from application.archive.read_recorder import ReadRecorder
from application.archive.read_series import ReadSeries
from application.archive.record import Record
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
from application.emporia.find_account import FindAccount
from application.emporia.link_emporia import LinkEmporia, LinkRequest
from application.emporia.list_devices import ListDevices
from application.emporia.list_known_devices import ListKnownDevices
from application.emporia.make_key import MakeKey
from application.emporia.read_link import ReadLink
from application.emporia.read_profile import ReadProfile
from application.emporia.sign_in import SignInAtEmporia
from application.emporia.unlink_emporia import UnlinkEmporia
from application.live.cluster.ask_holder import AskHolder
from application.live.cluster.relays import Relays
from application.live.cluster.shared_feed import SharedFeed
from application.live.feed.feed import LiveFeed
from application.live.feed.feeds import LiveFeeds
from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import Outlet
from application.live.feed.poll_pace import PollPace
from application.live.feed.samples import LiveSamples
from application.live.follow_accounts import FollowAccounts
from application.live.keep_last_known import KeepLastKnown
from application.live.live_counts import LiveCounts
from application.live.open_streams import OpenStream, OpenStreams
from application.live.read_instant import InstantQuery, ReadInstant
from application.live.replay.admit_replay import AdmitReplay
from application.live.replay.panel_seconds import PanelSeconds
from application.live.replay.replay_feed import ReplayFeed, ReplayMeans
from application.live.stream_usage import StreamUsage
from application.operations.count_events import CountEvents
from application.operations.keep_trail import KeepTrail
from application.operations.log_events import LogEvents
from application.operations.notice_foreign_changes import NoticeForeignChanges
from application.operations.wipe_erased import WipeErased
from application.ports.accounts.common_passwords import CommonPasswords
from application.ports.nodes import Node, NodeId
from domain.accounts.callers.pauses import PASSWORD_PAUSES
from domain.accounts.second_factor import CODE_PAUSES
from domain.accounts.sign_up import SignUp
from domain.emporia.links import SIGN_IN_PAUSES, AccountId, EmporiaLink, LinkLife
from domain.emporia.usage import EnergyUnit, Scale

ALONE = NoOtherNodes(Node(id=NodeId("a"), address="http://a", version="1"))
PASSWORD = "correct horse"
OWNER = "home@example.com"
EMPORIA_PASSWORD = "emporia-password"
SETTLING_ROUNDS = 10
"""The longest way from a waking sleeper to the next sleep takes seven."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAmongNodes:
    """What a world that is one of several nodes knows the others by."""

    leases: OneOfMany
    exchange: JoinedExchange


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
        tenant_required: bool = False,
        tick_seconds: float = 1.0,
        common_passwords: CommonPasswords | None = None,
        audit_days: int = 180,
        may_keep_passwords: bool = False,
        replay: bool = False,
        beside: "World | None" = None,
        place: PlaceAmongNodes | None = None,
    ) -> None:
        self.clock: ManualClock = (
            beside.clock if beside else ManualClock(settling_rounds=SETTLING_ROUNDS)
        )
        self.running: list[asyncio.Task[None]] = []
        self.policy = access_policy or AccessPolicy(token_lifetime=timedelta(days=30))
        self.store: InMemoryStore = beside.store if beside else InMemoryStore()
        self.events = InProcessEvents()
        self.users = InMemoryUserRepository(self.store)
        self.links = InMemoryEmporiaLinkRepository(self.store)
        self.ended_logins = InMemoryEndedLogins(self.store)
        self.access_tokens: InMemoryAccessTokens = (
            beside.access_tokens if beside else InMemoryAccessTokens()
        )
        self.kept_sessions = InMemorySessions(self.store)
        self.passwords = TransparentPasswordHasher()
        self.randomness = FixedRandomness()
        self.encoder = JsonFrameEncoder()
        self.ledger = InMemoryRequestLedger(self.store)
        self.pool: ScriptedEmporiaUserPool = (
            beside.pool
            if beside
            else ScriptedEmporiaUserPool(self.clock, token_lifetime=token_lifetime)
        )
        self.cloud: ScriptedEmporiaGateway = (
            beside.cloud if beside else ScriptedEmporiaGateway(self.clock)
        )
        self.open_streams = OpenStreams(most_per_user=most_streams)
        self.budgets = RequestBudgets(
            ledger=self.ledger, leases=OnlyNode(), clock=self.clock, daily_requests=daily_requests
        )
        self.shares = ReadShares(links=self.links, clock=self.clock, daily_requests=daily_requests)
        self.gates = Gates(
            breakers=InMemoryBreakers(),
            events=self.events,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.outages = Outages(gates=self.gates)
        self.life = LinkLife()
        self.sign_in_at_emporia = SignInAtEmporia(
            user_pool=self.pool,
            links=self.links,
            refusals=InMemoryRefusals(rule=SIGN_IN_PAUSES, clock=self.clock),
        )
        self.sessions = EmporiaSessions(
            links=self.links,
            leases=OnlyNode(),
            turns=OnlyNode(),
            renew_tokens=RenewTokens(
                links=self.links,
                user_pool=self.pool,
                sign_in=self.sign_in_at_emporia,
                events=self.events,
                clock=self.clock,
                life=self.life,
                may_keep_passwords=may_keep_passwords,
            ),
            gates=self.gates,
            events=self.events,
            clock=self.clock,
        )
        self.calls = EmporiaCalls(
            sessions=self.sessions,
            budgets=self.budgets,
            shares=self.shares,
            outages=self.outages,
            clock=self.clock,
        )
        self.directory = DeviceDirectory(
            gateway=self.cloud, calls=self.calls, events=self.events, clock=self.clock
        )
        self.last_answers = InMemoryLastAnswers(self.store)
        self.kept_answers = KeptAnswers(
            last_answers=self.last_answers, links=self.links, gateway=self.cloud
        )
        self.pace = PollPace(budgets=self.budgets, clock=self.clock)
        self.samples = LiveSamples(
            links=self.links,
            directory=self.directory,
            refused_devices=RefusedDevices(events=self.events, clock=self.clock),
            kept_answers=self.kept_answers,
            gateway=self.cloud,
            calls=self.calls,
            pace=self.pace,
            events=self.events,
            clock=self.clock,
            ask_holder=(AskHolder(leases=place.leases, exchange=place.exchange) if place else None),
        )
        self.live_counts = LiveCounts()
        self.costs = ChalkedCosts()
        self.feeds = LiveFeeds(
            partial(
                partial(SharedFeed, relays=self._relays(place)) if place else LiveFeed,
                samples=self.samples,
                budgets=self.budgets,
                pace=self.pace,
                encoder=self.encoder,
                clock=self.clock,
                events=self.events,
                randomness=self.randomness,
                counts=self.live_counts,
                costs=self.costs,
                tick_seconds=tick_seconds,
            ),
            partial(
                ReplayFeed,
                means=ReplayMeans(
                    seconds=PanelSeconds(
                        links=self.links,
                        directory=self.directory,
                        gateway=self.cloud,
                        calls=self.calls,
                        clock=self.clock,
                    ),
                    budgets=self.budgets,
                    pace=self.pace,
                    encoder=self.encoder,
                    clock=self.clock,
                    events=self.events,
                    randomness=self.randomness,
                    counts=self.live_counts,
                    costs=self.costs,
                ),
            ),
        )
        self.issue_access = IssueAccess(
            access_tokens=self.access_tokens,
            clock=self.clock,
            randomness=self.randomness,
            policy=self.policy,
        )
        self.begin_session = BeginSession(
            issue_access=self.issue_access, sessions=self.kept_sessions, events=self.events
        )
        self.use_session = UseSession(
            sessions=self.kept_sessions,
            ended_logins=self.ended_logins,
            clock=self.clock,
            policy=self.policy,
        )
        self.kept_keys = InMemoryApiKeys(self.store)
        self.check_key = CheckKey(keys=self.kept_keys, users=self.users, clock=self.clock)
        self.check_access = CheckAccess(
            access_tokens=self.access_tokens,
            ended_logins=self.ended_logins,
            users=self.users,
            use_session=self.use_session,
            check_key=self.check_key,
            clock=self.clock,
        )
        self.wrong_passwords = InMemoryRefusals(rule=PASSWORD_PAUSES, clock=self.clock)
        self.known_networks = InMemoryKnownNetworks(self.store)
        self.prove_password = ProvePassword(
            passwords=self.passwords,
            refusals=self.wrong_passwords,
            known_networks=self.known_networks,
            events=self.events,
            clock=self.clock,
        )
        self.choose_password = ChoosePassword(shortest=8, common_passwords=common_passwords)
        self.register = Register(
            users=self.users,
            passwords=self.passwords,
            clock=self.clock,
            randomness=self.randomness,
            events=self.events,
            choose_password=self.choose_password,
            sign_up=sign_up,
        )
        self.list_users = ListUsers(users=self.users)
        self.reset_password = ResetPassword(
            users=self.users,
            passwords=self.passwords,
            sessions=self.kept_sessions,
            choose_password=self.choose_password,
            events=self.events,
            clock=self.clock,
        )
        self.remove_user = RemoveUser(users=self.users, events=self.events)
        self.second_factors = InMemorySecondFactors(self.store)
        self.prove_code = ProveCode(
            second_factors=self.second_factors,
            codes=CountingOneTimeCodes(),
            refusals=InMemoryRefusals(rule=CODE_PAUSES, clock=self.clock),
            events=self.events,
            clock=self.clock,
        )
        self.log_in = LogIn(
            users=self.users,
            passwords=self.passwords,
            prove_password=self.prove_password,
            prove_code=self.prove_code,
            begin_session=self.begin_session,
            events=self.events,
            clock=self.clock,
        )
        self.renew_token = RenewToken(issue_access=self.issue_access)
        self.end_session = EndSession(
            ended_logins=self.ended_logins,
            sessions=self.kept_sessions,
            events=self.events,
            clock=self.clock,
            policy=self.policy,
        )
        self.log_out = LogOut(end_session=self.end_session, policy=self.policy)
        self.list_sessions = ListSessions(sessions=self.kept_sessions, clock=self.clock)
        self.end_other_sessions = EndOtherSessions(
            users=self.users, sessions=self.kept_sessions, events=self.events, clock=self.clock
        )
        self.confirm_password = ConfirmPassword(
            prove_password=self.prove_password, sessions=self.kept_sessions, clock=self.clock
        )
        self.change_password = ChangePassword(
            users=self.users,
            passwords=self.passwords,
            prove_password=self.prove_password,
            end_other_sessions=self.end_other_sessions,
            sessions=self.kept_sessions,
            events=self.events,
            clock=self.clock,
            choose_password=self.choose_password,
        )
        self.tenants = InMemoryTenants(self.store)
        self.find_tenant = FindTenant(tenants=self.tenants)
        self.list_tenants = ListTenants(tenants=self.tenants)
        self.create_tenant = CreateTenant(
            tenants=self.tenants, clock=self.clock, randomness=self.randomness
        )
        self.rotate_tenant = RotateTenant(
            tenants=self.tenants,
            find_tenant=self.find_tenant,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.remove_tenant = RemoveTenant(
            tenants=self.tenants,
            users=self.users,
            find_tenant=self.find_tenant,
            events=self.events,
        )
        self.identify_client = IdentifyClient(
            tenants=self.tenants, clock=self.clock, is_required=tenant_required
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
            admit_replay=AdmitReplay(
                links=self.links,
                directory=self.directory,
                budgets=self.budgets,
                feeds=self.feeds,
                is_offered=replay,
            ),
            clock=self.clock,
        )
        self.follow_accounts = FollowAccounts(
            links=self.links, open_streams=self.open_streams, feeds=self.feeds
        )
        self.foreign_changes = ScriptedForeignChanges()
        self.notice_foreign_changes = NoticeForeignChanges(
            changes=self.foreign_changes,
            stream_usage=self.stream_usage,
            open_streams=self.open_streams,
            events=self.events,
            clock=self.clock,
        )
        self.erased_data = ScriptedErasedData()
        self.wipe_erased = WipeErased(erased_data=self.erased_data, clock=self.clock)
        self.event_counts = CountEvents()
        self.trail = InMemoryTrail(self.store)
        self.keep_trail = KeepTrail(trail=self.trail, clock=self.clock, days=audit_days)
        self.list_events = ListEvents(trail=self.trail, clock=self.clock, days=audit_days)
        self.list_events_of = ListEventsOf(
            users=self.users, trail=self.trail, clock=self.clock, days=audit_days
        )
        self.read_audit = ReadAudit(trail=self.trail, clock=self.clock, days=audit_days)
        self.keep_last_known = KeepLastKnown(
            kept_answers=self.kept_answers, directory=self.directory
        )
        for listener in (
            self.follow_accounts,
            self.keep_last_known,
            self.event_counts,
            LogEvents(),
            self.wipe_erased,
            self.keep_trail,
        ):
            listener.listen(self.events)
        self.link_emporia = LinkEmporia(
            sign_in=self.sign_in_at_emporia,
            find_account=FindAccount(
                gateway=self.cloud,
                links=self.links,
                directory=self.directory,
                budgets=self.budgets,
                outages=self.outages,
            ),
            links=self.links,
            events=self.events,
            clock=self.clock,
            may_keep_passwords=may_keep_passwords,
        )
        self.read_link = ReadLink(
            links=self.links,
            clock=self.clock,
            life=self.life,
            may_keep_passwords=may_keep_passwords,
        )
        self.unlink_emporia = UnlinkEmporia(links=self.links, events=self.events)
        self.create_key = CreateKey(
            keys=self.kept_keys,
            confirm_password=self.confirm_password,
            events=self.events,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.make_key = MakeKey(
            create_key=self.create_key, links=self.links, directory=self.directory
        )
        self.list_keys = ListKeys(keys=self.kept_keys)
        self.revoke_key = RevokeKey(keys=self.kept_keys, events=self.events)
        self.list_devices = ListDevices(links=self.links, directory=self.directory)
        self.list_known_devices = ListKnownDevices(
            list_devices=self.list_devices,
            kept_answers=self.kept_answers,
            links=self.links,
            clock=self.clock,
        )
        self.read_instant = ReadInstant(
            links=self.links,
            directory=self.directory,
            samples=self.samples,
            clock=self.clock,
        )
        self.chunk_store = InMemoryChunkStore()
        self.archives = InMemoryArchives(self.chunk_store)
        self.chunk_codec = PlainChunkCodec()
        self.heavy_work = InlineHeavyWork()
        self.months = Months(store=self.chunk_store, codec=self.chunk_codec, work=self.heavy_work)
        self.keep_readings = KeepReadings(
            store=self.chunk_store,
            codec=self.chunk_codec,
            work=self.heavy_work,
            months=self.months,
            events=self.events,
        )
        self.ask_cloud = AskCloud(
            gateway=self.cloud,
            calls=self.calls,
            keep=self.keep_readings,
            codec=self.chunk_codec,
            work=self.heavy_work,
            clock=self.clock,
            concurrency=3,
        )
        self.read_archive = ReadArchive(
            store=self.chunk_store,
            codec=self.chunk_codec,
            work=self.heavy_work,
            months=self.months,
            events=self.events,
            clock=self.clock,
        )
        self.read_series = ReadSeries(
            archive=self.read_archive,
            cloud=self.ask_cloud,
            recent=InMemoryRecentFigures(self.clock),
            budgets=self.budgets,
            shares=self.shares,
            work=self.heavy_work,
            clock=self.clock,
        )
        self.read_history = ReadHistory(
            links=self.links,
            directory=self.directory,
            calls=self.calls,
            budgets=self.budgets,
            shares=self.shares,
            cloud=self.ask_cloud,
            series=self.read_series,
            work=self.heavy_work,
            most_buckets=most_buckets,
        )
        self.read_many = ReadMany(
            links=self.links,
            directory=self.directory,
            series=self.read_series,
            work=self.heavy_work,
            most_buckets=most_buckets,
        )
        self.read_flows = ReadFlows(
            links=self.links,
            directory=self.directory,
            series=self.read_series,
            months=self.months,
            work=self.heavy_work,
            most_buckets=most_buckets,
        )
        self.list_archive = ListArchive(
            links=self.links,
            directory=self.directory,
            store=self.chunk_store,
            months=self.months,
            work=self.heavy_work,
            clock=self.clock,
        )
        self.forget_archives = ForgetArchives(
            archives=self.archives,
            links=self.links,
            erased_data=ScriptedErasedData(),
            clock=self.clock,
            days_after_unlink=30,
        )
        self.forget_archives.listen(self.events)
        self.planning = PlanRecording(
            directory=self.directory,
            store=self.chunk_store,
            archives=self.archives,
            codec=self.chunk_codec,
            cloud=self.ask_cloud,
            work=self.heavy_work,
            clock=self.clock,
        )
        self.record = Record(
            links=self.links,
            planning=self.planning,
            cloud=self.ask_cloud,
            budgets=self.budgets,
            leases=OnlyNode(),
            nodes=ALONE,
            watchers=self.feeds,
            clock=self.clock,
        )
        self.record.listen(self.events)
        self.read_recorder = ReadRecorder(
            links=self.links,
            archives=self.archives,
            record=self.record,
            clock=self.clock,
            is_on=True,
            daily_requests=daily_requests,
        )
        self.choose_recording = ChooseRecording(
            links=self.links,
            archives=self.archives,
            events=self.events,
            read=self.read_recorder,
        )

    def _relays(self, place: PlaceAmongNodes) -> Relays:
        """What joins this node with the others; it runs until `shut_down`."""
        self.relays = Relays(
            nodes=place.exchange,
            leases=place.leases,
            exchange=place.exchange,
            samples=self.samples,
            budgets=self.budgets,
            counts=self.live_counts,
            clock=self.clock,
        )
        self.relays.serve(lambda key: self.feeds.keep(key))
        self.running.append(asyncio.create_task(self.relays.run()))
        return self.relays

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
        keep_password: bool = False,
    ) -> None:
        """Link an Emporia account, `cloud`'s usual home unless another is named."""
        self.pool.passwords[username] = EMPORIA_PASSWORD
        if account is not None:
            self.cloud.accounts[f"id-{username}-{self.pool.sign_ins + 1}"] = account
        await self.clock.advance(0.001)
        await self.link_emporia(
            LinkRequest(
                caller=caller,
                emporia_username=username,
                emporia_password=EMPORIA_PASSWORD,
                keep_password=keep_password,
            )
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
        token = self.issue_access.for_new_login(caller.user).token
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
        for task in self.running:
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)
        for each in (self.feeds, self.samples, self.directory, self.sessions, self.budgets):
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


@pytest.fixture
def place() -> type[PlaceAmongNodes]:
    """What makes a world one of several nodes."""
    return PlaceAmongNodes
