"""One poll an account, fanned out."""

import asyncio
from typing import TYPE_CHECKING

from dependency_injector import providers

from adapters.json.frame_encoder import MsgspecFrameEncoder
from application.live.feed.feed import LiveFeed
from application.live.feed.feeds import LiveFeeds
from application.live.feed.poll_pace import PollPace
from application.live.feed.samples import LiveSamples
from application.live.follow_accounts import FollowAccounts
from application.live.keep_last_known import KeepLastKnown
from application.live.live_counts import LiveCounts
from application.live.open_streams import OpenStreams
from application.live.read_instant import ReadInstant
from application.live.replay.admit_replay import AdmitReplay
from application.live.replay.panel_seconds import PanelSeconds
from application.live.replay.replay_feed import ReplayFeed, ReplayMeans
from application.live.stream_usage import StreamUsage
from application.ports.billing.cost_board import CostBoard
from entrypoints.composition.emporia import Emporia
from entrypoints.composition.resources import owned
from entrypoints.http.answers.encoded import EncodedUsages, InstantAnswers
from entrypoints.http.event_stream import EventStreams
from entrypoints.websocket.stream import StreamLimits

if TYPE_CHECKING:
    from application.live.cluster.ask_holder import AskHolder


class Live(Emporia):
    """Polls, the feeds they fill, and the streams that read them."""

    frame_encoder = providers.Singleton(MsgspecFrameEncoder)
    open_streams = providers.Singleton(
        OpenStreams, most_per_user=Emporia.settings.provided.stream_sockets_per_user
    )
    pace = providers.Singleton(PollPace, budgets=Emporia.budgets, clock=Emporia.clock)
    ask_holder: providers.Provider["AskHolder | None"] = providers.Object(None)
    """Put in place where there are other nodes."""

    samples = providers.Singleton(
        owned,
        Emporia.resources,
        LiveSamples,
        links=Emporia.emporia_links,
        directory=Emporia.directory,
        refused_devices=Emporia.refused_devices,
        kept_answers=Emporia.kept_answers,
        gateway=Emporia.emporia_gateway,
        calls=Emporia.calls,
        pace=pace,
        events=Emporia.events,
        clock=Emporia.clock,
        ask_holder=ask_holder,
    )
    cost_board: providers.Dependency[CostBoard] = providers.Dependency()
    """What a room above knows of costs."""
    live_counts = providers.Singleton(LiveCounts)
    feed = providers.Factory(
        LiveFeed,
        samples=samples,
        budgets=Emporia.budgets,
        pace=pace,
        encoder=frame_encoder,
        clock=Emporia.clock,
        events=Emporia.events,
        randomness=Emporia.randomness,
        counts=live_counts,
        costs=cost_board,
    )
    replay_means = providers.Singleton(
        ReplayMeans,
        seconds=providers.Singleton(
            PanelSeconds,
            links=Emporia.emporia_links,
            directory=Emporia.directory,
            gateway=Emporia.emporia_gateway,
            calls=Emporia.calls,
            clock=Emporia.clock,
        ),
        budgets=Emporia.budgets,
        pace=pace,
        encoder=frame_encoder,
        clock=Emporia.clock,
        events=Emporia.events,
        randomness=Emporia.randomness,
        counts=live_counts,
        costs=cost_board,
    )
    replay = providers.Factory(ReplayFeed, means=replay_means)
    feeds = providers.Singleton(owned, Emporia.resources, LiveFeeds, feed.provider, replay.provider)
    admit_replay = providers.Singleton(
        AdmitReplay,
        links=Emporia.emporia_links,
        directory=Emporia.directory,
        budgets=Emporia.budgets,
        feeds=feeds,
        is_offered=Emporia.settings.provided.replay,
    )
    stream_usage = providers.Singleton(
        StreamUsage,
        check_access=Emporia.check_access,
        links=Emporia.emporia_links,
        directory=Emporia.directory,
        open_streams=open_streams,
        feeds=feeds,
        admit_replay=admit_replay,
        clock=Emporia.clock,
    )
    follow_accounts = providers.Singleton(
        FollowAccounts, links=Emporia.emporia_links, open_streams=open_streams, feeds=feeds
    )
    keep_last_known = providers.Singleton(
        KeepLastKnown, kept_answers=Emporia.kept_answers, directory=Emporia.directory
    )

    stream_limits = providers.Singleton(
        StreamLimits,
        authentication_seconds=Emporia.settings.provided.stream_auth_timeout_seconds,
        patience_seconds=Emporia.settings.provided.stream_stuck_timeout_seconds,
    )
    stopping = providers.Singleton(asyncio.Event)
    event_streams = providers.Factory(
        EventStreams,
        stream_usage=stream_usage,
        stopping=stopping,
        patience_seconds=Emporia.settings.provided.stream_stuck_timeout_seconds,
    )
    encoded_usages = providers.Singleton(EncodedUsages)
    read_instant = providers.Factory(
        ReadInstant,
        links=Emporia.emporia_links,
        directory=Emporia.directory,
        samples=samples,
        clock=Emporia.clock,
    )
    instant_answers = providers.Factory(
        InstantAnswers, read_instant=read_instant, encoded_usages=encoded_usages
    )
