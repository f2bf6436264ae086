"""The recorder against a cloud that forgets."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.archive.grid import Grid
from domain.archive.quality import Quality
from domain.archive.recording.recorder import Seconds
from domain.archive.series import Series
from domain.archive.told import Told
from domain.emporia.devices import UNKNOWN_LOCATION
from domain.emporia.usage import Scale
from tests.integration.archive.conftest import Recording

DEVICES = (6201, 6202, 6203, 6204, 6205)
"""Of the home with a Utility Connect: the meter, and four plugs."""

OF_A_DAY = 24 + 2 * len(DEVICES)
"""An hour of the meter's seconds a request, and twelve hours of a series' minutes."""

DAYS = 3


def is_filled(recording: Recording) -> Callable[[], bool]:
    """Tells whether nothing of the past is left to ask for."""

    def told() -> bool:
        plan = recording.progress.plan
        return plan is not None and not plan.requests_to_fill

    return told


async def told(recording: Recording, *, hours: float, scale: Scale) -> tuple[Grid, Told]:
    """What the archive tells of the mains up to now, without asking anybody."""
    container, now = recording.container, recording.clock.now()
    plan = recording.progress.plan
    assert plan is not None
    [mains] = plan.recorded.mains
    grid = Grid.of(scale, now - timedelta(hours=hours), now, UNKNOWN_LOCATION, most_buckets=700_000)
    answer = await container.read_archive()(Series(recording.account, mains), grid)
    return grid, answer


async def test_after_the_fill_days_of_minutes_and_seconds_is_complete_and_costs_little(
    recordings,
):
    async with recordings(email="utility@example.com", password="utility-password") as recording:
        await recording.began_measuring(*DEVICES, days=2)
        await recording.run(until=is_filled(recording), hours=48)
        before = len((await recording.requests())["windows"])

        await recording.run(hours=DAYS * 24)

        asked = len((await recording.requests())["windows"]) - before
        assert DAYS * OF_A_DAY - 12 <= asked <= DAYS * OF_A_DAY + 12
        grid, minutes = await told(recording, hours=(DAYS - 1) * 24, scale=Scale.MINUTE)
        newest = grid.place_of(grid.start + (DAYS - 2) * 24 * 3600)
        assert {quality for _, _, quality in minutes.stretches()} <= {
            Quality.LIVE,
            Quality.AVERAGED,
            Quality.UNKNOWN,
        }
        assert None not in minutes.usages[:newest]
        _, seconds = await told(recording, hours=(DAYS - 1) * 24, scale=Scale.SECOND)
        assert None not in seconds.usages[: (DAYS - 2) * 86_400]


async def test_a_gateway_that_was_off_for_a_week_has_what_the_cloud_still_had(recordings):
    async with recordings(email="utility@example.com", password="utility-password") as recording:
        await recording.began_measuring(*DEVICES, days=2)
        await recording.run(until=is_filled(recording), hours=48)
        off_at = recording.clock.now()
        recording.clock.elapsed += timedelta(days=7)

        await recording.run(hours=6)

        _, hours = await told(recording, hours=8 * 24, scale=Scale.HOUR)
        assert None not in hours.usages[:-13]
        _, minutes = await told(recording, hours=6.5 * 24, scale=Scale.MINUTE)
        assert None not in minutes.usages[: 6 * 24 * 60]
        grid, seconds = await told(recording, hours=8 * 24, scale=Scale.SECOND)
        gap = grid.starts.index(int(off_at.timestamp()) // 3600 * 3600)
        assert set(seconds.usages[gap : gap + 6 * 86_400]) == {None}
        assert None not in seconds.usages[-4 * 3_600 : -2 * 3_600]


@pytest.mark.parametrize(
    ("filling", "expected", "seconds"),
    [("lost", Quality.MISSING, Seconds.OFF), ("averaged", Quality.AVERAGED, Seconds.MAINS)],
)
async def test_a_device_that_was_offline_for_fourteen_hours_has_no_invented_line(
    recordings, filling, expected, seconds
):
    async with recordings(email="utility@example.com", password="utility-password") as recording:
        await recording.choose(seconds)
        await recording.began_measuring(*DEVICES, days=2)
        await recording.run(until=is_filled(recording), hours=48)
        start = recording.clock.now().replace(minute=0, second=0)
        end = start + timedelta(hours=14)
        answer = await recording.cloud.post(
            f"/simulator/homes/{recording.email}/outages",
            json={"from": start.isoformat(), "to": end.isoformat(), "filling": filling},
        )
        answer.raise_for_status()

        await recording.run(hours=3 * 24)

        grid, minutes = await told(recording, hours=3.5 * 24, scale=Scale.MINUTE)
        first = grid.starts.index(int(start.timestamp()))
        in_the_gap = {
            quality
            for begin, after, quality in minutes.stretches()
            if begin < first + 13 * 60 and after > first + 60
        }
        assert in_the_gap == {expected}
