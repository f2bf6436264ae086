"""Flows of buckets, summed of those of hours."""

import itertools
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.archive.flows.sums import FlowQuality, Piece, pieces_of, summed
from domain.archive.grid import Grid
from domain.emporia.devices import Location
from domain.emporia.flow import UNKNOWN_FLOW, Flow
from domain.emporia.usage import Scale

HOUR = 3600
FLOW = Flow(1, 2, 3, 4, 5, 6, 7)


def days(zone: str, first: datetime, last: datetime) -> Grid:
    return Grid.of(Scale.DAY, first, last, Location(ZoneInfo(zone)), most_buckets=100)


def hours_of_a_day() -> Grid:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    return days("UTC", start, start.replace(hour=1))


def told(grid: Grid, *flows: Flow):
    pieces = [
        Piece(start=start, end=end, flow=flow)
        for (start, end), flow in zip(pieces_of(grid), flows, strict=True)
    ]
    return summed(grid, pieces)


def test_days_are_cut_into_hours_and_no_hour_is_lost() -> None:
    for zone, lengths in (
        ("America/New_York", {HOUR}),
        ("Asia/Kolkata", {HOUR, HOUR // 2}),
        ("Asia/Kathmandu", {HOUR, HOUR // 4, 3 * HOUR // 4}),
    ):
        start, end = datetime(2026, 3, 7, 12, tzinfo=UTC), datetime(2026, 3, 10, tzinfo=UTC)
        grid = days(zone, start, end)
        pieces = pieces_of(grid)
        assert pieces[0][0] == grid.start
        assert pieces[-1][1] == grid.end
        assert all(end == start for (_, end), (start, _) in itertools.pairwise(pieces))
        assert {end - start for start, end in pieces} == lengths


def test_hours_are_pieces_of_their_own() -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    grid = Grid.of(
        Scale.HOUR, start, start.replace(hour=3), Location(ZoneInfo("UTC")), most_buckets=9
    )
    assert [end - start for start, end in pieces_of(grid)] == [HOUR] * 3


def test_a_day_is_the_sum_of_its_hours() -> None:
    (day,) = told(hours_of_a_day(), *[FLOW] * 24)
    assert day.flow == Flow(24, 48, 72, 96, 120, 144, 168)
    assert day.quality is FlowQuality.MEASURED
    assert day.known_seconds == 24 * HOUR


def test_one_hour_that_is_netted_makes_the_day_so() -> None:
    (day,) = told(hours_of_a_day(), *[FLOW] * 23, FLOW._replace(is_netted=True))
    assert day.quality is FlowQuality.NETTED


def test_hours_of_which_less_is_known_are_left_out_of_every_flow() -> None:
    dark = FLOW._replace(generated=None, self_used=None, consumed=None)
    (day,) = told(hours_of_a_day(), dark, UNKNOWN_FLOW, *[FLOW] * 22)
    assert day.flow == Flow(22, 44, 66, 88, 110, 132, 154)
    assert day.quality is FlowQuality.PARTIAL
    assert day.known_seconds == 22 * HOUR


def test_what_is_unknown_in_every_hour_is_unknown_of_the_day() -> None:
    dark = FLOW._replace(generated=None, self_used=None, consumed=None)
    (day,) = told(hours_of_a_day(), *[dark] * 24)
    assert day.flow == Flow(24, 48, None, None, 120, 144, None)
    assert day.quality is FlowQuality.MEASURED


def test_a_day_that_nobody_knows_is_missing_and_not_zero() -> None:
    (day,) = told(hours_of_a_day(), *[UNKNOWN_FLOW] * 24)
    assert day.flow == UNKNOWN_FLOW
    assert (day.quality, day.known_seconds) == (FlowQuality.MISSING, 0)
