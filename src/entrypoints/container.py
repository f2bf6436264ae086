"""The one composition root: which adapter stands behind which port, and who closes it."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any, TypeVar

from dependency_injector import containers, providers

from adapters.emporia.client import open_client
from adapters.emporia.cognito import CognitoEmporiaUserPool
from adapters.emporia.gateway import HttpxEmporiaGateway
from adapters.emporia_simulator.options import SimulatorOptions
from adapters.emporia_simulator.server import serve_simulator
from adapters.json.frame_encoder import MsgspecFrameEncoder
from adapters.memory.emporia_links import RememberingEmporiaLinkRepository
from adapters.memory.users import LinkForgettingUserRepository
from adapters.security.argon2 import Argon2PasswordHasher
from adapters.security.jwt import JwtAccessTokens
from adapters.security.sealing import AesGcmSecretBox
from adapters.security.secrets_file import load_or_create
from adapters.sql.emporia_links import SqlEmporiaLinkRepository
from adapters.sql.ended_logins import SqlEndedLogins
from adapters.sql.request_ledger import SqlRequestLedger
from adapters.sql.storage_health import SqlStorageHealth
from adapters.sql.users import SqlUserRepository
from adapters.sqlite.engine import open_engine
from adapters.sqlite.migrate import upgrade
from adapters.system.clock import SystemClock
from adapters.system.randomness import SystemRandomness
from application.accounts.access import AccessPolicy, CheckAccess, IssueAccess
from application.accounts.delete_account import DeleteAccount
from application.accounts.log_in import LogIn
from application.accounts.log_out import LogOut
from application.accounts.register import Register
from application.accounts.renew_token import RenewToken
from application.archive.read_history import ReadHistory
from application.emporia.calls import EmporiaCalls
from application.emporia.device_directory import DeviceDirectory
from application.emporia.link_emporia import LinkEmporia
from application.emporia.list_devices import ListDevices
from application.emporia.read_budget import ReadBudget
from application.emporia.read_profile import ReadProfile
from application.emporia.request_budgets import RequestBudgets
from application.emporia.sessions import EmporiaSessions
from application.emporia.unlink_emporia import UnlinkEmporia
from application.live.feed import LiveFeed
from application.live.feeds import LiveFeeds
from application.live.open_streams import OpenStreams
from application.live.read_instant import ReadInstant
from application.live.samples import LiveSamples
from application.live.stream_usage import StreamUsage
from application.operations.check_readiness import CheckReadiness
from entrypoints.http.encoded import EncodedUsages
from entrypoints.http.event_stream import EventStreams
from entrypoints.settings import Settings
from entrypoints.websocket.stream import StreamLimits

__all__ = [
    "Container",
    "SimulatorOptions",
    "build_container",
    "demo_cloud_options",
    "migrate",
    "serve_simulator",
]

Part = TypeVar("Part")


def build_container(settings: Settings) -> "Container":
    """Everything the gateway is made of, nothing of it opened yet."""
    return Container(settings=providers.Object(settings))


def migrate(settings: Settings) -> None:
    """Bring the database to the newest schema; blocks."""
    upgrade(_database(settings))


def demo_cloud_options(settings: Settings) -> SimulatorOptions:
    """A simulated cloud behind this gateway; links outlive a restart of both. Blocks."""
    return SimulatorOptions(
        pool_id=settings.emporia_user_pool_id,
        client_id=settings.emporia_client_id,
        refresh_token_key=load_or_create(settings.data_dir / "simulator-key"),
    )


def _database(settings: Settings) -> Path:
    return settings.data_dir / "gateway.sqlite3"


def _resources() -> AsyncExitStack[bool | None]:
    return AsyncExitStack()


def _token_secrets(settings: Settings) -> tuple[bytes, ...]:
    return settings.token_secrets or (load_or_create(settings.data_dir / "token-secret"),)


def _sealing_keys(settings: Settings) -> tuple[bytes, ...]:
    return settings.sealing_keys or (load_or_create(settings.data_dir / "sealing-key"),)


def _access_policy(settings: Settings) -> AccessPolicy:
    return AccessPolicy(
        token_lifetime=timedelta(seconds=settings.token_lifetime_seconds),
        login_lifetime=timedelta(days=settings.login_lifetime_days),
    )


def _owned(
    resources: AsyncExitStack[bool | None],
    make: Callable[..., Part],
    *arguments: object,
    close_by: str = "close",
    **parts: object,
) -> Part:
    """Make a part and see to it that it is closed when the resources are."""
    made = make(*arguments, **parts)
    close: Callable[[], Any] = getattr(made, close_by)
    if iscoroutinefunction(close):
        resources.push_async_callback(close)
    else:
        resources.callback(close)
    return made


class Container(containers.DeclarativeContainer):
    """Parts are made when first asked for; `resources` closes those that were, newest first.

    Put a fake behind a port with `container.<name>.override(providers.Object(fake))`.
    """

    settings = providers.Dependency(instance_of=Settings)
    resources = providers.Singleton(_resources)

    clock = providers.Singleton(SystemClock)
    randomness = providers.Singleton(SystemRandomness)
    frame_encoder = providers.Singleton(MsgspecFrameEncoder)

    engine = providers.Singleton(
        _owned,
        resources,
        open_engine,
        providers.Callable(_database, settings),
        close_by="dispose",
    )
    secret_box = providers.Singleton(AesGcmSecretBox, providers.Callable(_sealing_keys, settings))
    emporia_links = providers.Singleton(
        RememberingEmporiaLinkRepository,
        providers.Singleton(SqlEmporiaLinkRepository, engine, secret_box=secret_box),
    )
    users = providers.Singleton(
        LinkForgettingUserRepository,
        providers.Singleton(SqlUserRepository, engine),
        links=emporia_links,
    )
    ended_logins = providers.Singleton(SqlEndedLogins, engine, clock=clock)
    request_ledger = providers.Singleton(SqlRequestLedger, engine)
    storage_health = providers.Singleton(SqlStorageHealth, engine)

    passwords = providers.Singleton(
        _owned, resources, Argon2PasswordHasher, max_workers=settings.provided.password_threads
    )
    access_tokens = providers.Singleton(
        JwtAccessTokens, providers.Callable(_token_secrets, settings)
    )

    http_client = providers.Singleton(
        _owned,
        resources,
        open_client,
        close_by="aclose",
        connect_timeout_seconds=settings.provided.emporia_connect_timeout_seconds,
        read_timeout_seconds=settings.provided.emporia_read_timeout_seconds,
    )
    emporia_user_pool = providers.Singleton(
        _owned,
        resources,
        CognitoEmporiaUserPool,
        http_client=http_client,
        clock=clock,
        endpoint=settings.provided.emporia_cognito_url,
        pool_id=settings.provided.emporia_user_pool_id,
        client_id=settings.provided.emporia_client_id,
        connect_timeout_seconds=settings.provided.emporia_connect_timeout_seconds,
        read_timeout_seconds=settings.provided.emporia_read_timeout_seconds,
        total_timeout_seconds=settings.provided.emporia_total_timeout_seconds,
    )
    emporia_gateway = providers.Singleton(
        HttpxEmporiaGateway,
        http_client,
        base_url=settings.provided.emporia_api_url,
        total_timeout_seconds=settings.provided.emporia_total_timeout_seconds,
        clock=clock,
    )

    access_policy = providers.Singleton(_access_policy, settings)
    check_access = providers.Singleton(
        CheckAccess,
        access_tokens=access_tokens,
        ended_logins=ended_logins,
        users=users,
        clock=clock,
    )
    issue_access = providers.Singleton(
        IssueAccess,
        access_tokens=access_tokens,
        clock=clock,
        randomness=randomness,
        policy=access_policy,
    )

    open_streams = providers.Singleton(
        OpenStreams, most_per_user=settings.provided.stream_sockets_per_user
    )
    budgets = providers.Singleton(
        RequestBudgets,
        ledger=request_ledger,
        clock=clock,
        daily_requests=settings.provided.emporia_daily_requests,
    )
    sessions = providers.Singleton(
        _owned,
        resources,
        EmporiaSessions,
        links=emporia_links,
        user_pool=emporia_user_pool,
        open_streams=open_streams,
        clock=clock,
    )
    calls = providers.Singleton(
        EmporiaCalls, sessions=sessions, budgets=budgets, clock=clock, randomness=randomness
    )
    directory = providers.Singleton(
        _owned, resources, DeviceDirectory, gateway=emporia_gateway, calls=calls, clock=clock
    )
    samples = providers.Singleton(
        _owned,
        resources,
        LiveSamples,
        links=emporia_links,
        directory=directory,
        gateway=emporia_gateway,
        calls=calls,
        budgets=budgets,
        clock=clock,
    )
    feed = providers.Factory(
        LiveFeed,
        samples=samples,
        budgets=budgets,
        encoder=frame_encoder,
        clock=clock,
        randomness=randomness,
    )
    feeds = providers.Singleton(_owned, resources, LiveFeeds, feed.provider)
    stream_usage = providers.Singleton(
        StreamUsage,
        check_access=check_access,
        links=emporia_links,
        directory=directory,
        open_streams=open_streams,
        feeds=feeds,
        clock=clock,
    )
    stream_limits = providers.Singleton(
        StreamLimits,
        authentication_seconds=settings.provided.stream_auth_timeout_seconds,
        patience_seconds=settings.provided.stream_stuck_timeout_seconds,
    )

    stopping = providers.Singleton(asyncio.Event)
    event_streams = providers.Factory(
        EventStreams,
        stream_usage=stream_usage,
        stopping=stopping,
        patience_seconds=settings.provided.stream_stuck_timeout_seconds,
    )

    encoded_usages = providers.Singleton(EncodedUsages)

    register = providers.Factory(
        Register,
        users=users,
        passwords=passwords,
        clock=clock,
        randomness=randomness,
        shortest_password=settings.provided.password_min_length,
    )
    log_in = providers.Factory(LogIn, users=users, passwords=passwords, issue_access=issue_access)
    renew_token = providers.Factory(RenewToken, issue_access=issue_access)
    log_out = providers.Factory(
        LogOut, ended_logins=ended_logins, open_streams=open_streams, policy=access_policy
    )
    read_profile = providers.Factory(ReadProfile, links=emporia_links)
    read_budget = providers.Factory(ReadBudget, links=emporia_links, budgets=budgets)
    delete_account = providers.Factory(
        DeleteAccount, users=users, passwords=passwords, open_streams=open_streams
    )
    link_emporia = providers.Factory(
        LinkEmporia,
        user_pool=emporia_user_pool,
        gateway=emporia_gateway,
        links=emporia_links,
        directory=directory,
        budgets=budgets,
        stream_usage=stream_usage,
        clock=clock,
    )
    unlink_emporia = providers.Factory(
        UnlinkEmporia, links=emporia_links, stream_usage=stream_usage
    )
    list_devices = providers.Factory(ListDevices, links=emporia_links, directory=directory)
    read_instant = providers.Factory(
        ReadInstant,
        links=emporia_links,
        directory=directory,
        samples=samples,
        clock=clock,
    )
    read_history = providers.Factory(
        ReadHistory,
        links=emporia_links,
        directory=directory,
        gateway=emporia_gateway,
        calls=calls,
        budgets=budgets,
        most_buckets=settings.provided.history_max_buckets,
        concurrency=settings.provided.history_concurrency,
    )
    check_readiness = providers.Factory(CheckReadiness, storage=storage_health)
