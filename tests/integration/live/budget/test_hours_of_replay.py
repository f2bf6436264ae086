"""What hours of true seconds show, and what they cost."""

import json
from datetime import datetime
from typing import Any

from adapters.fake.emporia.emporia_gateway import ScriptedEmporiaGateway
from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import Frame
from application.live.feed.subscription import Subscription, View
from domain.emporia.usage import Scale
from domain.live.playback import LONGEST_DELAY

MOST_REQUESTS_AN_HOUR = 1550 / 24
REPLAY = Subscription(scale=Scale.SECOND, view=View(tells_age=True), wants_replay=True, panel=1000)


class Viewer(Mailbox):
    """Keeps of each frame which second it shows, what of it, and how old it was."""

    def __init__(self, clock: Any) -> None:
        super().__init__()
        self._clock = clock
        self.shown: dict[int, float | None] = {}
        self.seconds: list[int] = []
        self.ages: list[float] = []
        self.qualities: dict[int, str] = {}

    def put_frame(self, frame: Frame) -> None:
        """Look at a frame."""
        data = json.loads(frame.text)["data"]
        second = int(datetime.fromisoformat(data["live"]["sampledAt"]).timestamp())
        [panel] = data["deviceListUsages"]["devices"]
        self.seconds.append(second)
        self.shown[second] = panel["channelUsages"][0]["usage"]
        self.qualities[second] = data["live"]["quality"]
        self.ages.append(self._clock.now().timestamp() - second)


def in_the_cloud(second: int) -> float | None:
    """True seconds of which some are spread, and a few were lost for ever."""
    place = second % 60
    if second % 1013 == 0:
        return None
    if second // 60 % 3 == 0 and place >= 34:
        return (second // 60 % 50 + 1) / 1e4
    return (second * 7919 % 10_007 + 1) / 1e6


def known(second: int, now: datetime) -> float | None:
    """What is known of a second at a moment: the newest one to three are not."""
    return in_the_cloud(second) if second < now.timestamp() - 1 - second % 3 else None


async def test_hours_show_every_second_once_in_order_and_cost_a_request_a_minute(
    make_world: Any, start: Any
) -> None:
    await watch_a_replay(make_world, start, hours=4)


async def watch_a_replay(make_world: Any, start: Any, *, hours: int) -> None:
    """Look at every frame of so many hours."""
    seconds = hours * 3600
    world = make_world(ScriptedEmporiaGateway)
    world.cloud.second_usage = known
    await world.link()
    process = start(world, daily_requests=2000)
    viewer = Viewer(world.clock)
    process.watch(viewer, REPLAY)

    await world.clock.advance(seconds)
    await process.stop()

    first = viewer.seconds[0]
    assert viewer.seconds == list(range(first, first + seconds))
    assert viewer.shown == {second: in_the_cloud(second) for second in viewer.seconds}
    assert max(viewer.ages) <= LONGEST_DELAY
    assert len(world.cloud.calls) <= hours * MOST_REQUESTS_AN_HOUR
    wrongly_told = [
        second
        for second, quality in viewer.qualities.items()
        if quality != expected_quality(second)
    ]
    assert wrongly_told == []


def expected_quality(second: int) -> str:
    """By the rule: the run of equal seconds that ends a minute, where twenty or more are in it."""
    if in_the_cloud(second) is None:
        return "missing"
    end = second - second % 60 + 59
    run = [end]
    while run[-1] % 60 and in_the_cloud(run[-1] - 1) == in_the_cloud(end):
        run.append(run[-1] - 1)
    return "averaged" if second in run and len(run) >= 20 else "live"
