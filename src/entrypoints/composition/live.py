"""One poll an account, fanned out."""

import asyncio

from dependency_injector import providers

from adapters.json.frame_encoder import MsgspecFrameEncoder
from application.live.feed import LiveFeed
from application.live.feeds import LiveFeeds
from application.live.follow_accounts import FollowAccounts
from application.live.open_streams import OpenStreams
from application.live.poll_pace import PollPace
from application.live.read_instant import ReadInstant
from application.live.samples import LiveSamples
from application.live.stream_usage import StreamUsage
from entrypoints.composition.emporia import Emporia
from entrypoints.composition.resources import owned
from entrypoints.http.answers.encoded import EncodedUsages, InstantAnswers
from entrypoints.http.event_stream import EventStreams
from entrypoints.websocket.stream import StreamLimits


class Live(Emporia):
    """Polls, the feeds they fill, and the streams that read them."""

    frame_encoder = providers.Singleton(MsgspecFrameEncoder)
    open_streams = providers.Singleton(
        OpenStreams, most_per_user=Emporia.settings.provided.stream_sockets_per_user
    )
    pace = providers.Singleton(PollPace, budgets=Emporia.budgets, clock=Emporia.clock)
    samples = providers.Singleton(
        owned,
        Emporia.resources,
        LiveSamples,
        links=Emporia.emporia_links,
        directory=Emporia.directory,
        gateway=Emporia.emporia_gateway,
        calls=Emporia.calls,
        pace=pace,
        events=Emporia.events,
        clock=Emporia.clock,
    )
    feed = providers.Factory(
        LiveFeed,
        samples=samples,
        budgets=Emporia.budgets,
        pace=pace,
        encoder=frame_encoder,
        clock=Emporia.clock,
        events=Emporia.events,
        randomness=Emporia.randomness,
    )
    feeds = providers.Singleton(owned, Emporia.resources, LiveFeeds, feed.provider)
    stream_usage = providers.Singleton(
        StreamUsage,
        check_access=Emporia.check_access,
        links=Emporia.emporia_links,
        directory=Emporia.directory,
        open_streams=open_streams,
        feeds=feeds,
        clock=Emporia.clock,
    )
    follow_accounts = providers.Singleton(
        FollowAccounts, links=Emporia.emporia_links, open_streams=open_streams, feeds=feeds
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
