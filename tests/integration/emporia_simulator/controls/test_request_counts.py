"""What a client is held to: requests of 24 hours, and no chart window asked for twice."""

from typing import Any

import httpx
import pytest

from adapters.emporia_simulator.controls.chart_windows import ChartWindows
from adapters.emporia_simulator.controls.faults import DEVICE_API, USER_POOL
from adapters.emporia_simulator.controls.rolling_days import RollingDay, RollingDays
from adapters.emporia_simulator.homes.energy.buckets import Scale

COUNTS = "/requests/home@example.com"
WINDOW = {
    "customer": "home@example.com",
    "gid": 1001,
    "channel": "1,2,3",
    "scale": "1MIN",
    "start": "2026-11-24T16:00:00Z",
    "end": "2026-11-24T17:00:00Z",
    "times": 1,
}


def test_a_day_is_the_last_24_hours_to_the_second() -> None:
    day = RollingDay()
    for at in (100, 100, 101, 50_000):
        day.add(at)
    assert day.counted(86_499) == 4
    assert day.counted(86_500) == 2
    assert day.counted(86_501) == 1
    assert day.counted(136_400) == 0
    assert day.most == 4


def test_the_most_of_any_24_hours_is_remembered() -> None:
    day = RollingDay()
    for at in (0, 10, 20, 86_405, 86_415, 300_000):
        day.add(at)
    assert day.most == 3
    assert day.counted(300_000) == 1


def test_a_clock_that_is_set_back_begins_a_new_day() -> None:
    day = RollingDay()
    for at in (900, 901, 500, 500):
        day.add(at)
    assert day.counted(500) == 2


def test_a_frozen_clock_costs_one_entry() -> None:
    day = RollingDay()
    for _ in range(1_000):
        day.add(7)
    assert (day.counted(7), len(day._seconds)) == (1_000, 1)


def test_the_two_apis_are_counted_apart() -> None:
    days = RollingDays()
    for group in (DEVICE_API, DEVICE_API, USER_POOL):
        days.add(customer="home@example.com", group=group, now=5.5)
    assert days.report("home@example.com", 6.0) == {
        "device-api": {"last_24_hours": 2, "most_in_24_hours": 2},
        "user-pool": {"last_24_hours": 1, "most_in_24_hours": 1},
    }
    nothing = {"last_24_hours": 0, "most_in_24_hours": 0}
    assert days.report("solar@example.com", 6.0) == {"device-api": nothing, "user-pool": nothing}


def test_of_too_many_windows_the_first_are_forgotten_and_that_is_told() -> None:
    windows = ChartWindows(at_most=3)
    for start in (0, 60, 120, 180, 180):
        windows.add(
            customer="a", gid=1, channel="1", scale=Scale.SECOND, start=start, end=start + 60
        )
    report = windows.report("a")
    assert [(window["start"], window["times"]) for window in report["windows"]] == [
        (60, 1),
        (120, 1),
        (180, 2),
    ]
    assert report["windows_forgotten"] == 1
    assert windows.report("b") == {"windows": [], "windows_forgotten": 0}


async def test_a_window_is_the_same_however_its_instants_are_written(guest: Any) -> None:
    await guest.chart()
    assert (await guest.control("GET", COUNTS))["windows"] == [WINDOW]
    await guest.chart(start="2026-11-24T17:00:00.000000+01:00", end="2026-11-24T17:00:00")
    await guest.chart(scale="1H")
    counts = await guest.control("GET", COUNTS)
    assert counts["windows"] == [WINDOW | {"times": 2}, WINDOW | {"scale": "1H"}]
    assert counts["windows_forgotten"] == 0


async def test_a_window_that_was_not_answered_does_not_count(guest: Any) -> None:
    await guest.control("POST", "/faults", kind="server_error", route="getChartUsage", times=1)
    assert (await guest.chart()).status_code == 503
    assert (await guest.chart(start="2026-11-20T16:00:00Z")).status_code == 400
    assert (await guest.control("GET", COUNTS))["windows"] == []
    assert (await guest.chart()).status_code == 200
    assert (await guest.control("GET", COUNTS))["windows"] == [WINDOW]


async def test_requests_are_counted_by_the_homes_clock(guest: Any) -> None:
    before = (await guest.control("GET", COUNTS))["device-api"]["last_24_hours"]
    await guest.usages()
    await guest.chart()
    counts = await guest.control("GET", COUNTS)
    assert counts["device-api"]["last_24_hours"] == before + 2
    assert counts["user-pool"]["last_24_hours"] == 1
    await guest.control("PUT", "/clock", now="2026-11-25T17:10:42Z")
    later = await guest.control("GET", COUNTS)
    assert later["device-api"] == {"last_24_hours": 0, "most_in_24_hours": before + 2}


async def test_counting_begins_again_with_the_rest(guest: Any) -> None:
    await guest.chart()
    await guest.control("DELETE", "/requests")
    counts = await guest.control("GET", COUNTS)
    assert counts["windows"] == []
    assert counts["device-api"]["most_in_24_hours"] == 0


async def test_nobody_has_no_counts(guest: Any) -> None:
    with pytest.raises(httpx.HTTPStatusError) as refused:
        await guest.control("GET", "/requests/nobody@example.com")
    assert refused.value.response.status_code == 404
