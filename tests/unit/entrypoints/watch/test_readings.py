"""Frames as rows."""

from typing import Any

import pytest

from entrypoints.watch.home import KnownHome
from entrypoints.watch.readings import Row, read

Usages = dict[str, Any]

SOLAR = KnownHome(solar=frozenset({"10/10"}))


@pytest.fixture
def rows(usages: Usages) -> dict[str, Row]:
    return {row.key: row for row in read(usages, home=KnownHome()).rows}


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


def test_what_the_sun_gives_is_used_by_the_home_too(usages: Usages) -> None:
    rows = {row.key: row.share for row in read(usages, home=SOLAR).rows}

    assert rows["10/1"] == pytest.approx(900 / 4200)
    assert rows["10/1,2,3"] == pytest.approx(3000 / 4200)


def test_a_home_that_exports_has_shares_of_what_it_uses_itself(usages: Usages) -> None:
    usages["devices"][1]["channelUsages"][-1]["watts"] = -200.0
    rows = {row.key: row.share for row in read(usages, home=SOLAR).rows}

    assert rows["10/1"] == pytest.approx(0.9)


def test_solar_that_draws_at_night_gives_nothing(usages: Usages) -> None:
    usages["devices"][1]["channelUsages"][1]["watts"] = 4.0
    rows = {row.key: row.share for row in read(usages, home=SOLAR).rows}

    assert rows["10/1"] == pytest.approx(0.3)


def test_what_gives_has_no_share_however_little_it_is(usages: Usages) -> None:
    usages["devices"][1]["channelUsages"][1]["watts"] = -0.2
    rows = {row.key: row.share for row in read(usages, home=KnownHome()).rows}

    assert rows["10/10"] is None


def test_the_home_is_its_panels_without_the_plugs_behind_them(usages: Usages) -> None:
    assert read(usages, home=KnownHome()).home_watts == pytest.approx(3000)


def test_a_home_of_plugs_alone_is_their_sum(usages: Usages) -> None:
    usages["devices"] = [usages["devices"][0], {**usages["devices"][0], "deviceGid": 31}]

    assert read(usages, home=KnownHome()).home_watts == pytest.approx(1200)


def test_without_known_mains_the_home_is_unknown_and_so_are_the_shares(usages: Usages) -> None:
    del usages["devices"][1]["channelUsages"][-1]
    reading = read(usages, home=KnownHome())

    assert reading.home_watts is None
    assert reading.rows[0].share is None


def test_nothing_has_a_share_of_a_home_that_exports(usages: Usages) -> None:
    usages["devices"][1]["channelUsages"][-1]["watts"] = -3000.0

    assert {row.share for row in read(usages, home=KnownHome()).rows} == {None}


def test_no_devices_are_no_rows(usages: Usages) -> None:
    usages["devices"] = []
    reading = read(usages, home=KnownHome())

    assert (reading.rows, reading.home_watts) == ((), None)
