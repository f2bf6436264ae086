"""What people see."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from entrypoints.watch.client import Connected, Sample, Trouble
from entrypoints.watch.home import HomeFigures, KnownHome
from entrypoints.watch.picture import save_svg
from entrypoints.watch.screen import Screen
from entrypoints.watch.table import UNKNOWN, watts_text

NOW = datetime(2026, 3, 1, 12, 0, 2, tzinfo=UTC)
USING = HomeFigures(name="Home", gids=frozenset({10}), watts=3_000.0, grid_watts=3_000.0)


@pytest.fixture
def screen() -> Screen:
    screen = Screen("http://127.0.0.1:3000", now=lambda: NOW)
    screen.home = KnownHome(names={10: "Home", 20: "Car"})
    return screen


def lines(screen: Screen) -> list[str]:
    console = Console(file=io.StringIO(), width=120, color_system=None, record=True)
    console.print(screen)
    return [line.rstrip() for line in console.export_text().splitlines()]


def test_before_the_first_sample_it_says_what_it_waits_for(screen: Screen) -> None:
    assert lines(screen) == ["Waiting for the first sample from http://127.0.0.1:3000 ..."]


def test_a_sample_is_a_table_of_the_home(screen: Screen, usages: dict[str, Any]) -> None:
    screen.take(Sample(usages, is_stale=False, homes=(USING,)))

    assert lines(screen) == [
        "Home 3,000 W   2026-03-01T12:00:00Z   2 s old",
        "Circuit       Watts  Share  Trend",
        "Home          3,000   100%  ▅",
        "  Garage        900    30%  ▅",
        "    Car         750    25%  ▅",
        "  Circuit 2       —      —",
        "  Solar      -1,200  gives  ▅",
        "  Balance       120     4%  ▅",
        "Heater          600    20%  ▅",
    ]


def test_a_rest_below_zero_gives_nothing(screen: Screen, usages: dict[str, Any]) -> None:
    panel = next(one for one in usages["devices"] if one["deviceGid"] == 10)
    (balance,) = (one for one in panel["channelUsages"] if one["channelNum"] == "Balance")
    balance["watts"] = -950.0
    screen.take(Sample(usages, is_stale=False, homes=(USING,)))

    (line,) = (line for line in lines(screen) if "Balance" in line)
    assert line.split() == ["Balance", "-950", UNKNOWN, "▅"]


def header(screen: Screen, usages: dict[str, Any], *homes: HomeFigures) -> list[str]:
    """What stands above the table, without the sample's time."""
    screen.take(Sample(usages, is_stale=False, homes=homes))
    told = "\n".join(lines(screen)).partition("\nCircuit")[0]
    return told.removesuffix("   2026-03-01T12:00:00Z   2 s old").splitlines()


def test_a_home_with_sun_and_battery_tells_where_its_power_comes_from(
    screen: Screen, usages: dict[str, Any]
) -> None:
    noon = replace(
        USING, watts=800.0, grid_watts=-1_600.0, solar_watts=5_000.0, battery_watts=-2_600.0,
        has_solar=True, has_battery=True,
    )  # fmt: skip

    assert header(screen, usages, noon) == [
        "Home 800 W   grid -1,600 W exported   sun 5,000 W   battery -2,600 W charged"
    ]


def test_a_home_that_is_unknown_is_a_dash_and_its_grid_is_told(
    screen: Screen, usages: dict[str, Any]
) -> None:
    hidden = replace(USING, watts=None, grid_watts=-200.0)

    assert header(screen, usages, hidden) == [f"Home {UNKNOWN} W   grid -200 W exported"]
    assert header(screen, usages) == [f"Home {UNKNOWN} W"]


def test_a_minute_that_stands_in_is_marked_as_an_average(
    screen: Screen, usages: dict[str, Any]
) -> None:
    minute = replace(USING, is_average=True)

    assert header(screen, usages, minute) == ["Home 3,000 W on average in the newest minute"]


def test_several_homes_are_told_by_name(screen: Screen, usages: dict[str, Any]) -> None:
    cabin, nameless = replace(USING, name="Cabin", watts=1.0), replace(USING, name=None)

    assert header(screen, usages, cabin, nameless) == [
        "Cabin 1 W   grid 3,000 W",
        "Home 3,000 W",
    ]


def test_no_name_of_a_home_is_obeyed_by_a_terminal(screen: Screen, usages: dict[str, Any]) -> None:
    evil = replace(USING, name="Cabin\x1b[2J\n")

    assert header(screen, usages, evil, USING)[0].startswith("Cabin\u241b[2J\u240a 3,000 W")


def test_a_hair_below_zero_is_no_export(screen: Screen, usages: dict[str, Any]) -> None:
    hair = replace(USING, grid_watts=-0.06, has_solar=True, solar_watts=0.0)

    assert header(screen, usages, hair) == ["Home 3,000 W   grid 0 W   sun 0 W"]


@pytest.mark.parametrize(
    ("watts", "shown"),
    [
        (552.5, "553"),
        (553.5, "554"),
        (-552.5, "-553"),
        (0.5, "1"),
        (552.4999999999, "552"),
        (1e6, "1,000,000"),
    ],
)
def test_halves_are_rounded_as_on_the_page(watts: float, shown: str) -> None:
    assert watts_text(watts) == shown


def test_a_sample_that_should_have_had_a_successor_is_stale(
    screen: Screen, usages: dict[str, Any]
) -> None:
    screen.take(Sample(usages, is_stale=True))

    assert lines(screen)[0].endswith("   2 s old, stale")


def test_names_are_shown_as_they_are(screen: Screen, usages: dict[str, Any]) -> None:
    usages["devices"][0]["channelUsages"][0]["name"] = "[red]Heater[/red]"
    screen.take(Sample(usages, is_stale=False))

    assert "[red]Heater[/red]" in lines(screen)[-1]


def test_trouble_stays_below_the_last_sample(screen: Screen, usages: dict[str, Any]) -> None:
    screen.take(Sample(usages, is_stale=False))
    screen.take(Trouble("Error fetching device data."))
    screen.take(Sample(usages, is_stale=False))

    assert lines(screen)[-1] == "Error fetching device data."


def test_a_new_sample_ends_the_trouble(screen: Screen, usages: dict[str, Any]) -> None:
    screen.take(Trouble("Error fetching device data."))
    screen.take(Sample(usages, is_stale=False))

    assert "Error fetching device data." not in lines(screen)


def test_a_new_connection_ends_the_trouble(screen: Screen) -> None:
    screen.take(Trouble("The stream ended; trying again in 1 s."))
    screen.take(Connected())

    assert len(lines(screen)) == 1


def test_every_frame_counts_repeated_ones_too(screen: Screen, usages: dict[str, Any]) -> None:
    screen.take(Sample(usages, is_stale=False))
    screen.take(Sample(usages, is_stale=False))

    assert screen.frames == 2


def test_the_picture_loads_nothing_from_elsewhere(
    screen: Screen, usages: dict[str, Any], tmp_path: Path
) -> None:
    screen.take(Sample(usages, is_stale=False))
    path = tmp_path / "watch.svg"

    save_svg(screen, path, title="emporia-api watch")

    svg = path.read_text(encoding="utf-8")
    assert "Garage" in svg
    assert "emporia-api&#160;watch" in svg
    assert "url(http" not in svg.replace('"', "")
