from zoneinfo import ZoneInfo

import pytest

from domain.archive.events import ChunkFoundDamaged
from domain.archive.quality import Quality
from domain.archive.told import QUALITIES, Told
from domain.emporia.devices import Location
from domain.emporia.usage import Scale
from tests.unit.application.archive.kept import (
    MIDNIGHT,
    SERIES,
    grid,
    keep,
    spoil_chunks,
)
from tests.unit.domain.archive.readings import chance

HOUR = 3600
DAY = 24 * HOUR
MUCH_LATER = MIDNIGHT + 100 * DAY


def qualities(told: Told) -> list[Quality]:
    return [QUALITIES[number] for number in told.qualities]


async def test_of_what_nobody_asked_nothing_is_known(world) -> None:
    for scale in (Scale.SECOND, Scale.MINUTE, Scale.HOUR, Scale.DAY):
        told = await world.read_archive(SERIES, grid(scale, MIDNIGHT, MIDNIGHT + HOUR))
        assert set(qualities(told)) == {Quality.UNKNOWN}
        assert all(told.open)


async def test_minutes_are_told_as_they_were_kept(world) -> None:
    await keep(world, Scale.MINUTE, [0.25, None, 0.5])
    told = await world.read_archive(SERIES, grid(Scale.MINUTE, MIDNIGHT, MIDNIGHT + 240))
    assert told.usages == [0.25, None, 0.5, None]
    assert qualities(told)[1:] == [Quality.MISSING, Quality.LIVE, Quality.UNKNOWN]


async def test_an_hour_known_in_seconds_tells_its_minutes_and_quarters_too(world) -> None:
    random = chance(1)
    seconds = [random.randrange(3600) / 3600 for _ in range(HOUR)]
    await keep(world, Scale.SECOND, seconds)
    await keep(world, Scale.MINUTE, [9.0] * 120)
    minutes = await world.read_archive(SERIES, grid(Scale.MINUTE, MIDNIGHT, MIDNIGHT + 2 * HOUR))
    quarters = await world.read_archive(
        SERIES, grid(Scale.QUARTER_HOUR, MIDNIGHT, MIDNIGHT + 2 * HOUR)
    )
    hours = await world.read_archive(SERIES, grid(Scale.HOUR, MIDNIGHT, MIDNIGHT + 2 * HOUR))
    assert sum(minutes.millijoules[:60]) == sum(quarters.millijoules[:4]) == hours.millijoules[0]
    assert hours.usages[0] == pytest.approx(sum(seconds))
    assert sum(minutes.millijoules[60:]) == sum(quarters.millijoules[4:]) == hours.millijoules[1]
    assert minutes.usages[60:] == [9.0] * 60


async def test_where_finer_buckets_have_a_gap_the_wider_ones_are_told_in_part(world) -> None:
    await keep(world, Scale.MINUTE, [None, *[1.0] * 59])
    told = await world.read_archive(SERIES, grid(Scale.QUARTER_HOUR, MIDNIGHT, MIDNIGHT + HOUR))
    assert told.usages == [14.0, 15.0, 15.0, 15.0]
    assert qualities(told) == [Quality.PARTIAL, *[Quality.LIVE] * 3]
    assert list(told.open) == [1, 0, 0, 0]


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"])
async def test_days_are_summed_in_the_zone_of_the_home(world, zone) -> None:
    location = Location(ZoneInfo(zone))
    random = chance(2)
    quarters = [random.random() for _ in range(10 * 96)]
    await keep(world, Scale.QUARTER_HOUR, quarters, read_at=MUCH_LATER)
    days = grid(Scale.DAY, MIDNIGHT + 2 * DAY, MIDNIGHT + 8 * DAY, location)
    told = await world.read_archive(SERIES, days)
    fine = await world.read_archive(SERIES, grid(Scale.QUARTER_HOUR, days.start, days.end))
    assert sum(told.millijoules) == sum(fine.millijoules)
    assert set(qualities(told)) == {Quality.LIVE}
    for place, start in enumerate(days.starts):
        first = (start - MIDNIGHT) // 900
        last = (days.end_of(place) - MIDNIGHT) // 900
        assert told.usages[place] == pytest.approx(sum(quarters[first:last]))


async def test_what_is_damaged_is_said_to_be_and_can_be_asked_for_again(world) -> None:
    found: list[ChunkFoundDamaged] = []

    async def note(event: ChunkFoundDamaged) -> None:
        found.append(event)

    world.events.subscribe(ChunkFoundDamaged, note)
    await keep(world, Scale.MINUTE, [1.0] * 120)
    spoil_chunks(world, Scale.MINUTE)
    told = await world.read_archive(SERIES, grid(Scale.MINUTE, MIDNIGHT, MIDNIGHT + 180))
    assert qualities(told) == [Quality.DAMAGED] * 3
    assert told.usages == [None] * 3
    assert all(told.open)
    assert len(found) == 1


async def test_what_is_damaged_finer_is_said_where_nothing_else_is_known(world) -> None:
    await keep(world, Scale.SECOND, [0.001] * HOUR)
    await keep(world, Scale.MINUTE, [0.06] * 30)
    spoil_chunks(world, Scale.SECOND)
    told = await world.read_archive(SERIES, grid(Scale.MINUTE, MIDNIGHT, MIDNIGHT + 2 * HOUR))
    assert qualities(told)[29:31] == [Quality.AVERAGED, Quality.DAMAGED]
    assert qualities(told)[59:61] == [Quality.DAMAGED, Quality.UNKNOWN]
    assert told.usages[0] == 0.06
