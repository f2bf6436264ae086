"""Somebody who asks for true seconds, and a cloud that has them."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest

from application.accounts.access import Caller
from application.live.feed.subscription import Subscription, View
from domain.emporia.usage import Scale


def measured(second: int, now: datetime) -> float | None:
    """What Emporia has of a second at a moment: another figure each time, the newest two null."""
    return float(second % 100_000 + 1) / 1e6 if second < now.timestamp() - 2 else None


@pytest.fixture
def replay(watch: Any) -> Callable[..., Awaitable[Any]]:
    """Asks for the seconds of a panel, as `subscribe` does, and listens."""

    async def replay(world: Any, caller: Caller, gids: frozenset[int] | None = None) -> Any:
        asked = Subscription(
            scale=Scale.SECOND, view=View(gids=gids, tells_age=True), wants_replay=True
        )
        stream = await world.open(caller)
        try:
            admitted = await world.stream_usage.check(stream, asked)
        finally:
            world.stream_usage.close(stream)
        return await watch(world, caller, admitted)

    return replay


@pytest.fixture
def make_replaying(make_world: Any) -> Callable[..., Any]:
    """Makes worlds where it is offered, and Emporia has true seconds."""

    def make(**settings: Any) -> Any:
        world = make_world(replay=True, **settings)
        world.cloud.second_usage = measured
        return world

    return make
