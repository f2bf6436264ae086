"""Frames as rows."""

from dataclasses import replace
from typing import Any

import pytest

from entrypoints.watch.home import HomeFigures, KnownHome
from entrypoints.watch.readings import Row, read

Usages = dict[str, Any]

USING = HomeFigures(name="Home", gids=frozenset({10}), watts=3_000.0, grid_watts=1_800.0)


def shares(usages: Usages, *homes: HomeFigures) -> dict[str, float | None]:
    return {row.key: row.share for row in read(usages, home=KnownHome(), homes=homes).rows}


@pytest.fixture
def rows(usages: Usages) -> dict[str, Row]:
    return {row.key: row for row in read(usages, home=KnownHome(), homes=[USING]).rows}


def test_rows_keep_one_order_whatever_the_frame_s(usages: Usages) -> None:
    assert [(row.depth, row.name) for row in read(usages, home=KnownHome()).rows] == [
        (0, "Device 10"),
        (1, "Garage"),
        (2, "Device 20"),
        (1, "Circuit 2"),
        (1, "Solar"),
        (1, "Balance"),
        (0, "Heater"),
    ]


def test_devices_have_the_names_that_people_gave_them(usages: Usages) -> None:
    named = read(usages, home=KnownHome(names={10: "Home", 20: "Car"})).rows

    assert [row.name for row in named[:3]] == ["Home", "Garage", "Car"]


def test_watts_are_the_frame_s_own_whatever_its_scale(usages: Usages) -> None:
    usages["scale"] = "1MIN"
    rows = {row.key: row.watts for row in read(usages, home=KnownHome()).rows}

    assert (rows["10/1,2,3"], rows["20/1,2,3"]) == (3000, 750)


def test_an_unknown_is_neither_watts_nor_share(rows: dict[str, Row]) -> None:
    assert rows["10/2"].watts is None
    assert rows["10/2"].share is None


def test_shares_are_of_the_whole_home_wherever_a_row_hangs(rows: dict[str, Row]) -> None:
    assert rows["30/1,2,3"].share == pytest.approx(0.2)
    assert rows["10/1"].share == pytest.approx(0.3)
    assert rows["20/1,2,3"].share == pytest.approx(0.25)


def test_what_gives_has_no_share_however_little_it_is(usages: Usages) -> None:
    usages["devices"][1]["channelUsages"][1]["watts"] = -0.2

    assert shares(usages, USING)["10/10"] is None


def test_what_a_battery_draws_is_stored_and_has_no_share(usages: Usages) -> None:
    charging = replace(USING, battery_keys=frozenset({"10/1"}))

    assert shares(usages, charging)["10/1"] is None
    assert shares(usages, charging)["20/1,2,3"] == shares(usages, USING)["20/1,2,3"]


def test_homes_are_the_frame_s_own(usages: Usages) -> None:
    assert read(usages, home=KnownHome(), homes=[USING]).homes == (USING,)


@pytest.mark.parametrize("watts", [None, 0.0])
def test_nothing_has_a_share_of_a_home_that_is_unknown_or_uses_nothing(
    usages: Usages, watts: float | None
) -> None:
    assert set(shares(usages, replace(USING, watts=watts)).values()) == {None}
    assert set(shares(usages).values()) == {None}


def test_of_several_homes_shares_are_of_the_one_whose_panel_it_is(usages: Usages) -> None:
    cabin = replace(USING, gids=frozenset({40}), watts=10.0)
    told = shares(usages, cabin, USING)

    assert told["10/1"] == pytest.approx(0.3)
    assert told["30/1,2,3"] is None


def test_no_devices_are_no_rows(usages: Usages) -> None:
    usages["devices"] = []
    reading = read(usages, home=KnownHome())

    assert (reading.rows, reading.homes) == ((), ())
