"""What nobody asks for any more does not stay in memory."""

import pytest

from application.live.feed.samples import LOOK_SECONDS, UNASKED_SECONDS
from application.live.feed.subscription import FeedKey, Subscription, View
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from domain.errors import EmporiaUnavailable

OTHER_HOME = AccountId(77)


@pytest.fixture
async def caller(world):
    return await world.resident()


@pytest.fixture
async def neighbour(world, watch):
    """Somebody of another account, who watches all the time."""
    neighbour = await world.sign_up("bob@example.com")
    await world.link(neighbour, "cabin@example.com", account=OTHER_HOME)
    return await watch(world, neighbour)


def known(world) -> set[FeedKey]:
    samples = world.samples
    kept = (samples.samples, samples.taken_at, samples.pauses, samples.asked_at)
    return {key for each in kept for key in each if key.account != OTHER_HOME}


@pytest.mark.usefixtures("neighbour")
@pytest.mark.parametrize("scale", [Scale.SECOND, Scale.MINUTE])
async def test_a_sample_is_forgotten_when_nobody_has_watched_it_for_long(
    world, watch, caller, scale
) -> None:
    listener = await watch(world, caller, Subscription(scale=scale, view=View()))
    await world.clock.advance(UNASKED_SECONDS + LOOK_SECONDS)
    assert FeedKey(listener.stream.watched.account, scale) in known(world)
    await listener.close()
    await world.clock.advance(UNASKED_SECONDS - 10)
    assert known(world)
    await world.clock.advance(10 + 2 * LOOK_SECONDS)
    assert known(world) == set()


@pytest.mark.usefixtures("neighbour")
async def test_a_sample_is_forgotten_when_nobody_has_read_it_for_long(world, caller) -> None:
    for _ in range(2):
        await world.read_instant(world.now_query(caller))
    await world.clock.advance(UNASKED_SECONDS + 2 * LOOK_SECONDS)
    assert known(world) == set()


async def test_what_a_stream_shows_in_an_outage_is_never_forgotten(
    world, watch, caller, neighbour
) -> None:
    listener = await watch(world, caller)
    world.cloud.failure = EmporiaUnavailable()
    await world.clock.advance(UNASKED_SECONDS + 2 * LOOK_SECONDS)
    before = len(listener.frames)
    world.cloud.failure = None
    await neighbour.close()
    await world.clock.advance(UNASKED_SECONDS)
    assert len(listener.frames) - before >= UNASKED_SECONDS - 1
