import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from application.live.feed.outlet import StreamEnd, StreamNotice
from application.live.replay.panel_seconds import PanelSeconds
from domain.emporia.devices import Device
from domain.emporia.kinds import DeviceKind
from domain.errors import (
    EmporiaTokenRefused,
    EmporiaUnavailable,
    StorageUnavailable,
)
from domain.live.playback import LONGEST_DELAY

Replay = Callable[..., Awaitable[Any]]


def seconds_of(listener: Any) -> list[float]:
    return [datetime.fromisoformat(each["live"]["sampledAt"]).timestamp() for each in listener.data]


def ages_of(listener: Any) -> list[int]:
    return [each["live"]["ageSeconds"] for each in listener.data]


@pytest.mark.parametrize("failure", [EmporiaUnavailable(), StorageUnavailable(), ValueError()])
async def test_an_outage_pauses_it_is_told_once_and_what_is_too_old_is_skipped_with_one_notice(
    make_replaying: Callable[..., Any], replay: Replay, failure: Exception
) -> None:
    world = make_replaying()
    listener = await replay(world, await world.resident())
    await world.clock.advance(30)
    world.cloud.failure = failure
    await world.clock.advance(1200)
    paused_after = len(listener.frames)
    assert paused_after < 120
    assert listener.notices == [StreamNotice.POLLS_FAILING]
    assert world.feeds.are_failing(listener.stream)

    world.cloud.failure = None
    await world.clock.advance(900)

    assert listener.notices == [StreamNotice.POLLS_FAILING, StreamNotice.SECONDS_SKIPPED]
    assert not world.feeds.are_failing(listener.stream)
    assert len(listener.frames) > paused_after + 500
    seconds = seconds_of(listener)
    assert seconds == sorted(set(seconds))
    assert max(ages_of(listener)) <= LONGEST_DELAY


async def test_an_outage_costs_as_little_as_one_of_what_is_live(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    await replay(world, await world.resident())
    world.cloud.failure = EmporiaUnavailable()
    await world.clock.advance(600)
    asked = world.cloud.requests("chart")

    await world.clock.advance(3600)

    assert world.cloud.requests("chart") - asked <= 40


async def test_an_outage_that_live_frames_met_is_ended_by_it_too(
    make_replaying: Callable[..., Any], replay: Replay, watch: Any
) -> None:
    world = make_replaying()
    caller = await world.resident()
    live = await watch(world, caller)
    world.cloud.failure = EmporiaUnavailable()
    await world.clock.advance(600)
    await live.close()
    await world.clock.advance(30)

    listener = await replay(world, caller)
    world.cloud.failure = None
    await world.clock.advance(600)

    assert len(listener.frames) > 200


async def test_a_short_failure_is_made_good_before_anything_is_late(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    listener = await replay(world, await world.resident())
    await world.clock.advance(1)
    world.cloud.failures.append(EmporiaUnavailable())

    await world.clock.advance(240)

    seconds = seconds_of(listener)
    assert seconds == [seconds[0] + place for place in range(241)]
    assert StreamNotice.SECONDS_SKIPPED not in listener.notices


async def test_who_joins_in_an_outage_is_told_and_is_shown_nothing_old(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    caller = await world.resident()
    await replay(world, caller)
    await world.clock.advance(10)
    world.cloud.failure = EmporiaUnavailable()
    await world.clock.advance(600)

    late = await replay(world, caller)

    assert late.heard == [StreamNotice.POLLS_FAILING]


async def test_slow_answers_make_nothing_late(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    caller = await world.resident()
    listener = await replay(world, caller)
    await world.clock.advance(1)
    world.cloud.answer_seconds = 7.0

    await world.clock.advance(600)

    seconds = seconds_of(listener)
    assert seconds == [seconds[0] + place for place in range(601)]
    assert not listener.notices


async def test_a_spent_budget_pauses_it_without_a_word_until_there_is_room_again(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying(daily_requests=2000)
    caller = await world.resident()
    link = await world.link_of(caller)
    for _ in range(1700):
        await world.budgets.record(link.account)
    await world.clock.advance(timedelta(hours=23, minutes=50).total_seconds())
    listener = await replay(world, caller)
    await world.clock.advance(30)
    for _ in range(100):
        await world.budgets.record(link.account)

    await world.clock.advance(400)
    assert not listener.notices
    assert len(listener.frames) < 120
    await world.clock.advance(600)

    assert listener.notices == [StreamNotice.SECONDS_SKIPPED]
    assert len(listener.frames) > 400
    assert max(ages_of(listener)) <= LONGEST_DELAY


async def test_a_link_that_is_gone_ends_it(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    caller = await world.resident()
    listener = await replay(world, caller)
    await world.clock.advance(2)
    del world.store.links[caller.user.id]

    await world.clock.advance(70)

    assert listener.end is StreamEnd.LINK_DEAD


async def test_a_link_that_is_gone_for_a_moment_ends_nothing(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    caller = await world.resident()
    listener = await replay(world, caller)
    await world.clock.advance(2)
    link = world.store.links.pop(caller.user.id)
    while not world.feeds.count or world.cloud.requests("chart") < 2:
        await world.clock.advance(0.5)
        if world.clock.now().second == 4:
            world.store.links[caller.user.id] = link

    await world.clock.advance(60)

    assert listener.end is None
    assert listener.data[-1]["live"]["ageSeconds"] <= LONGEST_DELAY


async def test_a_panel_that_is_gone_is_told_and_what_is_newest_follows(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    listener = await replay(world, await world.resident())
    await world.clock.advance(2)
    world.cloud.devices = (Device(gid=1, kind=DeviceKind.PANEL),)
    world.directory.listings.clear()

    await world.clock.advance(70)

    assert listener.notices == [StreamNotice.PANEL_GONE]
    assert listener.data[-1]["deviceListUsages"]["scale"] == "1MIN"


async def test_a_token_refused_for_good_is_an_outage(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    listener = await replay(world, await world.resident())
    world.cloud.failure = EmporiaTokenRefused()

    await world.clock.advance(300)

    assert listener.notices == [StreamNotice.POLLS_FAILING]


async def test_a_fetch_that_breaks_because_its_replay_is_closed_does_not_hold_that_up(
    make_replaying: Callable[..., Any],
    replay: Replay,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fetch(*_: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise ZeroDivisionError

    monkeypatch.setattr(PanelSeconds, "fetch", fetch)
    world = make_replaying()
    await replay(world, await world.resident())
    await asyncio.wait_for(world.feeds.close(), 5)
    assert caplog.records == []
