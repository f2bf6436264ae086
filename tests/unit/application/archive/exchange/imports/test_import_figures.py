"""Taking a file into an archive."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.fake.emporia.emporia_gateway import HOME
from domain.archive.energy import MILLIJOULES_PER_KWH
from domain.archive.exchange.errors import ImportRefused
from domain.archive.exchange.imports.matching import Wanted
from domain.archive.exchange.imports.weighing import Tally
from domain.archive.quality import Quality
from domain.archive.series import Series, SeriesName
from domain.emporia.usage import Scale
from domain.errors import StorageUnavailable
from tests.unit.application.archive.exchange.imports.conftest import (
    FRIDGE,
    LEG_A,
    LEG_B,
    file_of,
    minutes,
)
from tests.unit.application.archive.kept import MAINS, MIDNIGHT, keep, spoil_chunks
from tests.unit.domain.archive.exchange.imports.emporia_files import emporia_csv

CIRCUIT = SeriesName(1000, "1")
FALL = int(datetime(2025, 11, 2, 3, tzinfo=UTC).timestamp())
SPRING = int(datetime(2025, 3, 9, 3, tzinfo=UTC).timestamp())


def whole(usages):
    return [round(each * MILLIJOULES_PER_KWH) for each in usages]


async def test_every_figure_of_a_file_is_told_and_marked_as_imported(home):
    reached = await home.take(file_of(120))
    assert reached.tally == Tally(taken=240)
    assert (reached.lines, reached.lines_read, reached.scale) == (120, 120, Scale.MINUTE)
    assert (reached.start, reached.end) == (MIDNIGHT, MIDNIGHT + 7200)
    assert reached.bytes_read == reached.file_bytes
    assert [str(name) for _, name in reached.columns] == ["1000:1,2,3", "1000:1,2,3", "1000:1"]
    fridge = await home.told_of(CIRCUIT, Scale.MINUTE, count=120)
    assert list(fridge.millijoules) == whole(minutes(2, 120))
    assert list(fridge.stretches()) == [(0, 120, Quality.IMPORTED)]
    mains = await home.told_of(MAINS, Scale.MINUTE, count=120)
    sums = whole(a + b for a, b in zip(minutes(0, 120), minutes(1, 120), strict=True))
    assert list(mains.millijoules) == pytest.approx(sums, abs=1)
    hours = await home.told_of(MAINS, Scale.HOUR, count=2)
    assert list(hours.millijoules) == [
        sum(mains.millijoules[:60]),
        sum(mains.millijoules[60:]),
    ]
    assert list(hours.stretches()) == [(0, 2, Quality.IMPORTED)]


@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    usages=st.lists(
        st.none() | st.floats(-2.0, 20.0, allow_nan=False), min_size=2, max_size=80
    ).filter(lambda usages: any(each is not None for each in usages)),
    scale=st.sampled_from([Scale.SECOND, Scale.MINUTE, Scale.QUARTER_HOUR, Scale.HOUR]),
    start=st.sampled_from([FALL, SPRING, MIDNIGHT - 30 * 86_400]),
    is_short=st.booleans(),
)
async def test_what_was_written_in_emporias_form_is_told_as_it_was(
    make_world, make_home, usages, scale, start, is_short
):
    is_short = is_short and scale is not Scale.SECOND
    home = make_home(make_world())
    text = emporia_csv({FRIDGE: usages}, start=start, scale=scale, is_short=is_short)
    reached = await home.take(text)
    told = await home.told_of(CIRCUIT, scale, start=start, count=len(usages))
    known = [each for each in usages if each is not None]
    assert reached.tally.taken == len(known)
    for usage, found in zip(usages, told.usages, strict=True):
        assert (usage is None) is (found is None)
        assert usage is None or found == pytest.approx(usage, abs=2 / MILLIJOULES_PER_KWH)


async def test_what_is_no_figure_is_not_told_at_all(home):
    await home.take(emporia_csv({FRIDGE: [0.1, None]}, start=MIDNIGHT, scale=Scale.MINUTE))
    told = await home.told_of(CIRCUIT, Scale.MINUTE, count=2)
    assert [each[2] for each in told.stretches()] == [Quality.IMPORTED, Quality.UNKNOWN]
    assert list(told.open) == [0, 1]


async def test_a_file_that_is_taken_twice_changes_nothing(home):
    await home.take(file_of(120))
    before = home.contents()
    await home.world.clock.advance(60)
    reached = await home.take(file_of(120))
    assert reached.tally == Tally(known=240)
    assert home.contents() == before


async def test_what_emporia_told_stays_and_is_not_counted_as_taken(home):
    usages = minutes(2, 120)
    theirs = [*usages[:50], usages[50] * 1.5, None, *usages[52:60]]
    await keep(home.world, Scale.MINUTE, theirs, series=Series(HOME, CIRCUIT))
    reached = await home.take(file_of(120))
    assert reached.tally == Tally(taken=240 - 59, known=59, overlapping=59, differing=1)
    told = await home.told_of(CIRCUIT, Scale.MINUTE, count=120)
    assert told.millijoules[50] == round(usages[50] * 1.5 * MILLIJOULES_PER_KWH)
    assert list(told.stretches()) == [
        (0, 51, Quality.LIVE),
        (51, 52, Quality.IMPORTED),
        (52, 60, Quality.LIVE),
        (60, 120, Quality.IMPORTED),
    ]


async def test_an_hour_that_emporia_told_is_told_as_it_was_though_its_minutes_are_imported(home):
    hour = sum(minutes(2, 60)) * 1.004
    await keep(home.world, Scale.HOUR, [hour], series=Series(HOME, CIRCUIT))
    await home.take(file_of(120))
    told = await home.told_of(CIRCUIT, Scale.HOUR, count=2)
    assert told.millijoules[0] == round(hour * MILLIJOULES_PER_KWH)
    assert [each[2] for each in told.stretches()] == [Quality.LIVE, Quality.IMPORTED]


async def test_minutes_of_a_file_are_summed_to_quarters_where_emporia_told_the_hour_alone(home):
    usages = minutes(2, 120)
    quarters = [sum(usages[first : first + 15]) for first in range(0, 120, 15)]
    await keep(home.world, Scale.HOUR, [sum(usages[:60])], series=Series(HOME, CIRCUIT))
    text = file_of(120).splitlines()
    del text[36]  # so that one quarter is not whole
    await home.take("\n".join(text))
    told = await home.told_of(CIRCUIT, Scale.QUARTER_HOUR, count=8)
    assert list(told.millijoules[:2]) == pytest.approx(whole(quarters[:2]), abs=15)
    assert list(told.millijoules[3:]) == pytest.approx(whole(quarters[3:]), abs=15)
    assert list(told.stretches()) == [
        (0, 2, Quality.IMPORTED),
        (2, 3, Quality.UNKNOWN),
        (3, 8, Quality.IMPORTED),
    ]


async def test_a_quarter_that_emporia_told_is_not_replaced_by_the_minutes_of_a_file(home):
    usages = minutes(2, 60)
    quarter = sum(usages[:15]) * 1.002
    await keep(home.world, Scale.QUARTER_HOUR, [quarter], series=Series(HOME, CIRCUIT))
    await home.take(file_of(60))
    told = await home.told_of(CIRCUIT, Scale.QUARTER_HOUR, count=4)
    assert told.millijoules[0] == round(quarter * MILLIJOULES_PER_KWH)
    assert list(told.stretches()) == [(0, 1, Quality.LIVE), (1, 4, Quality.IMPORTED)]


async def test_wider_buckets_are_compared_with_what_emporia_told_finer(home):
    await keep(home.world, Scale.MINUTE, minutes(2, 60), series=Series(HOME, CIRCUIT))
    sums = [sum(minutes(2, 60)), 5.0]
    reached = await home.take(emporia_csv({FRIDGE: sums}, start=MIDNIGHT, scale=Scale.HOUR))
    assert reached.tally == Tally(taken=1, known=1, overlapping=1)


async def test_another_homes_file_is_refused_and_nothing_of_it_is_kept(home):
    await keep(home.world, Scale.MINUTE, minutes(9, 60), series=Series(HOME, CIRCUIT))
    before = home.contents()
    with pytest.raises(ImportRefused, match="another home's file"):
        await home.take(file_of(120))
    assert home.contents() == before


@pytest.mark.parametrize("place", [3, 6_000, 20_001])
async def test_nothing_is_kept_of_a_file_with_a_bad_line_wherever_it_is(home, place):
    lines = file_of(20_000, start=MIDNIGHT - 20 * 86_400).split("\r\n")
    lines[place - 1] = lines[place - 1].rpartition(",")[0] + ",oops"
    with pytest.raises(ImportRefused) as refusal:
        await home.take("\r\n".join(lines))
    assert refusal.value.line == place
    assert home.contents() == ({}, {})


async def test_a_file_can_be_looked_at_without_taking_it(home):
    reached = await home.take(file_of(120), keeps=False)
    assert reached.tally == Tally(taken=240)
    assert home.contents() == ({}, {})


async def test_an_import_that_was_cut_off_is_taken_to_its_end_by_the_next(home):
    is_keeping: list[bool] = []

    async def cut_off():
        if is_keeping:
            raise StorageUnavailable

    text = file_of(20_000, start=MIDNIGHT - 20 * 86_400)
    with pytest.raises(StorageUnavailable):
        await home.take(text, ask=cut_off, begun_to_keep=lambda: is_keeping.append(True))
    assert home.contents() != ({}, {})
    again = await home.take(text)
    assert again.tally.taken + again.tally.known == 40_000
    assert again.tally.taken
    assert again.tally.known
    assert (await home.take(text)).tally == Tally(known=40_000)
    told = await home.told_of(CIRCUIT, Scale.MINUTE, start=MIDNIGHT - 20 * 86_400, count=20_000)
    assert list(told.millijoules) == whole(minutes(2, 20_000))


async def test_what_can_not_be_read_any_more_is_taken_anew(home):
    await home.take(file_of(120))
    spoil_chunks(home.world, Scale.MINUTE)
    assert (await home.take(file_of(120))).tally.taken == 240
    assert (await home.take(file_of(120))).tally == Tally(known=240)


async def test_the_newest_buckets_are_left_to_emporia(home):
    now = int(home.world.clock.now().timestamp())
    text = emporia_csv({FRIDGE: [0.1] * 5}, start=now - 240, scale=Scale.MINUTE)
    assert (await home.take(text)).tally.taken == 2


async def test_a_file_in_the_second_of_two_equal_hours_is_taken_there(home):
    start = FALL + 3 * 3600 + 1800  # 01:30 for the second time
    usages = minutes(2, 60)
    await home.take(emporia_csv({FRIDGE: usages}, start=start, scale=Scale.MINUTE))
    told = await home.told_of(CIRCUIT, Scale.MINUTE, start=start, count=60)
    assert list(told.millijoules) == whole(usages)


async def test_a_second_leg_without_a_clamp_is_not_there(home):
    columns: dict[str, list[float | None]] = {LEG_A: [0.1, 0.2], LEG_B: [None, None]}
    await home.take(emporia_csv(columns, start=MIDNIGHT, scale=Scale.MINUTE))
    assert (await home.told_of(MAINS, Scale.MINUTE, count=2)).usages == [0.1, 0.2]


@pytest.mark.parametrize(
    ("text", "query", "sentence"),
    [
        ("", {}, "the file is empty"),
        (file_of(0), {}, "one line does not tell how long it lasts"),
        (file_of(0), {"scale": Scale.MINUTE}, "there is no line below the first"),
        (file_of(10), {"file_name": "c92c0a-Panel-1DAY.csv"}, "a file of days can't be taken"),
        (file_of(10), {"file_name": "c92c0a-Panel-15MIN.csv"}, "but those of 15MIN are 900"),
        (file_of(10), {"scale": Scale.SECOND}, "but those of 1SEC are 1"),
        (file_of(10), {"wanted": Wanted(columns={"X": CIRCUIT})}, "there is no column 'X'"),
    ],
)
async def test_what_is_no_file_of_emporias_is_refused_with_the_reason(home, text, query, sentence):
    with pytest.raises(ImportRefused) as refusal:
        await home.take(text, **query)
    assert sentence in refusal.value.reason


async def test_a_file_without_any_row_is_empty(home):
    with pytest.raises(ImportRefused, match="the file is empty"):
        await home.take("\n\n")


async def test_a_device_can_be_said(home):
    text = file_of(10).replace("Panel", "Old name")
    with pytest.raises(ImportRefused, match="no column is matched"):
        await home.take(text)
    assert (await home.take(text, wanted=Wanted(device=1000))).tally.taken == 20
