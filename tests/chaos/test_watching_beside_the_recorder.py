"""Who watches sees samples as fresh as if nothing were recorded beside."""

import json
from datetime import datetime, timedelta
from statistics import mean

from adapters.fake.emporia.emporia_gateway import HOME, HOME_LOCATION
from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import Frame
from application.live.feed.subscription import Subscription
from domain.emporia.channels import MAINS, Channel
from domain.emporia.devices import Device
from domain.emporia.kinds import DeviceKind
from domain.emporia.usage import Scale
from tests.unit.application.conftest import World

PANEL = Device(
    gid=1000,
    kind=DeviceKind.PANEL,
    name="Home",
    location=HOME_LOCATION,
    channels=tuple(Channel(number=number) for number in (MAINS, *map(str, range(1, 17)))),
)
LOOK_SECONDS = 30
LOOKS_A_DAY = 86_400 // LOOK_SECONDS
RECORDED_A_DAY = 24 + 17 * 2
"""Seconds of the mains by the hour, and minutes of each series by half days."""


MINUTES_OF_A_WEEK = 17 * 14
"""What Emporia still has of them at first, by half days."""


class Viewer(Mailbox):
    """Knows when what it sees was sampled."""

    def __init__(self) -> None:
        super().__init__()
        self.sampled_at: datetime | None = None

    def put_frame(self, frame: Frame) -> None:
        """See the newest frame."""
        usages = json.loads(frame.text)["data"]["deviceListUsages"]
        self.sampled_at = datetime.fromisoformat(usages["instant"])


async def ages_of_a_day(world: World, *, is_recorded: bool) -> list[float]:
    """How old what somebody saw was, in seconds, on the third day of watching seconds."""
    world.cloud.devices = (PANEL,)
    caller = await world.resident()
    began = int((world.clock.now() - timedelta(days=1000)).timestamp())
    await world.archives.note_first_known(HOME, PANEL.gid, began)
    viewer = Viewer()
    stream = await world.open(caller, viewer)
    world.stream_usage.subscribe(stream, Subscription(scale=Scale.SECOND))
    await world.stream_usage.watch(stream)
    await world.clock.settle()
    ages = []
    for look in range(3 * LOOKS_A_DAY):
        if is_recorded:
            await world.record.step(HOME)
        await world.clock.advance(LOOK_SECONDS)
        if look >= 2 * LOOKS_A_DAY and viewer.sampled_at is not None:
            ages.append((world.clock.now() - viewer.sampled_at).total_seconds())
    await world.shut_down()
    return ages


async def test_a_viewer_of_seconds_sees_the_same_ages_within_a_tenth() -> None:
    alone = World(daily_requests=2000, tick_seconds=LOOK_SECONDS)
    beside = World(daily_requests=2000, tick_seconds=LOOK_SECONDS)

    without = await ages_of_a_day(alone, is_recorded=False)
    ages = await ages_of_a_day(beside, is_recorded=True)

    assert len(ages) == len(without) == LOOKS_A_DAY
    assert mean(ages) <= 1.1 * mean(without)
    assert alone.cloud.requests("chart") == 0
    assert beside.cloud.requests("chart") <= 3 * RECORDED_A_DAY + MINUTES_OF_A_WEEK
