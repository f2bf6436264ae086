"""Which series each column is."""

from datetime import UTC, datetime

import pytest

from domain.archive.exchange.errors import ImportRefused
from domain.archive.exchange.imports.header import read_header
from domain.archive.exchange.imports.matching import (
    MOST_MAPPED,
    Wanted,
    match,
    parse_mapping,
    require_listed,
)
from domain.archive.series import SeriesName
from domain.emporia.channels import Channel
from domain.emporia.devices import Customer, Device
from domain.emporia.links import AccountId
from domain.errors import InvalidInput, UnknownDevice, UnknownSeries

MEASURES = Device(
    gid=1001,
    channels=(
        Channel(number="1,2,3"),
        Channel(number="1", name="Fridge"),
        Channel(number="2", name="Old-Fridge"),
        Channel(number="3", name="Twin"),
        Channel(number="4", name="Twin"),
        Channel(number="5"),
        Channel(number="Balance", name="Balance"),
    ),
)
CUSTOMER = Customer(
    account=AccountId(42),
    document={},
    received_at=datetime(2026, 3, 1, tzinfo=UTC),
    devices=(
        Device(
            gid=1001,
            name="Home",
            channels=(Channel(number="1,2,3"),),
            devices=(MEASURES, Device(gid=1002, name="SmartPlug 1")),
        ),
        Device(gid=1003, name="Home-Garage", channels=(Channel(number="1", name="Lift"),)),
        Device(gid=1004, name="Twins"),
        Device(gid=1005, name="Twins"),
        Device(gid=1006, name="Legs", channels=(Channel(number="Mains_A"),)),
        Device(gid=1007),
    ),
)


def matched(*names, wanted=None, customer=CUSTOMER):
    header = read_header(
        ["Time Bucket (UTC)", *(name if "(" in name else f"{name} (kWatts)" for name in names)]
    )
    found = match(header, wanted or Wanted(), customer)
    found.require_any()
    return found


def series_of(*names, **more):
    return {
        str(name): [column.name for column in columns]
        for name, columns in matched(*names, **more).series.items()
    }


def test_the_legs_of_the_mains_are_the_mains():
    names = ("Home-Mains_A", "Home-Mains_B", "home-mains_c")
    assert series_of(*names) == {"1001:1,2,3": list(names)}


def test_circuits_are_found_by_the_end_of_their_column():
    assert series_of("Home-Kitchen-Fridge", "Home-Kitchen-Old-Fridge") == {
        "1001:1": ["Home-Kitchen-Fridge"],
        "1001:2": ["Home-Kitchen-Old-Fridge"],
    }


def test_the_device_with_the_longest_name_is_meant():
    assert series_of("Home-Garage-Mains_A", "Home-Garage-Other-Lift") == {
        "1003:1,2,3": ["Home-Garage-Mains_A"],
        "1003:1": ["Home-Garage-Other-Lift"],
    }


@pytest.mark.parametrize("name", ["SmartPlug 1_1", "SmartPlug 1", "smartplug  1_2"])
def test_a_plug_is_its_mains(name):
    assert list(series_of(name)) == ["1002:1,2,3"]


def test_the_legs_that_are_listed_are_series_of_their_own():
    assert list(series_of("Legs-Mains_A", "Legs-Mains_B")) == ["1006:Mains_A", "1006:1,2,3"]


def test_what_is_not_matched_is_told_with_the_reason():
    found = matched("Home-Mains_A", "Home-X-Twin", "Home-X-Attic", "Hometown-Mains_A", "Cost (USD)")
    assert [(each.column, each.reason.partition(";")[0]) for each in found.unmatched] == [
        ("Cost (USD)", "its unit is neither kWatts nor kWhs"),
        ("Home-X-Twin (kWatts)", "it may be any of 1001:3, 1001:4"),
        ("Home-X-Attic (kWatts)", "nothing of that name is listed"),
        ("Hometown-Mains_A (kWatts)", "nothing of that name is listed"),
    ]


def test_a_panel_that_is_not_listed_is_not_taken_for_the_one_that_its_name_begins_with():
    with pytest.raises(ImportRefused, match="no column is matched: 'Home-Shed-Mains_A"):
        matched("Home-Shed-Mains_A")


def test_two_devices_of_one_name_have_to_be_told_apart():
    with pytest.raises(ImportRefused, match="it may be any of 1004:1,2,3, 1005:1,2,3"):
        matched("Twins-Mains_A")


def test_the_device_can_be_said():
    wanted = Wanted(device=1001)
    assert series_of("Old name-Mains_A", "Old name-X-Fridge", wanted=wanted) == {
        "1001:1,2,3": ["Old name-Mains_A"],
        "1001:1": ["Old name-X-Fridge"],
    }
    assert list(series_of("Twins-Mains_A", wanted=Wanted(device=1004))) == ["1004:1,2,3"]
    assert list(series_of("Anything", wanted=Wanted(device=1002))) == ["1002:1,2,3"]
    assert list(series_of("Old_1", wanted=Wanted(device=1007))) == ["1007:1,2,3"]


def test_a_column_can_be_said_with_its_unit_and_without():
    mapping = parse_mapping(["A=B-Attic=1001:5", "Other (kWatts) = 1001:1"], name="column")
    assert series_of("A=B-Attic", "Other", wanted=Wanted(columns=mapping)) == {
        "1001:5": ["A=B-Attic"],
        "1001:1": ["Other"],
    }


def test_columns_that_are_said_to_be_one_series_add_up():
    mapping = {"Left": SeriesName(1001, "5"), "Right": SeriesName(1001, "5")}
    wanted = Wanted(columns=mapping)
    assert series_of("Left", "Right", wanted=wanted) == {"1001:5": ["Left", "Right"]}


def test_without_a_device_list_only_what_is_said_is_matched():
    wanted = Wanted(columns={"Home-Mains_A": SeriesName(1001, "1,2,3")})
    assert series_of("Home-Mains_A", "Home-Mains_B", wanted=wanted, customer=None) == {
        "1001:1,2,3": ["Home-Mains_A"]
    }
    require_listed(wanted, None)


@pytest.mark.parametrize(
    ("names", "wanted", "sentence"),
    [
        (("Home-A-Fridge", "Home-B-Fridge"), Wanted(), "are both 1001:1"),
        (("A-Mains_A", "B-Mains_A"), Wanted(device=1001), "are both 1001:1,2,3"),
        (
            ("Home-Mains_A (kWatts)", "Home-Mains_B (kWhs)"),
            Wanted(),
            "the columns of 1001:1,2,3 are not of one unit",
        ),
        (
            ("Home-Mains_A",),
            Wanted(columns={"Attic": SeriesName(1001, "5")}),
            "there is no column 'Attic'; there are 'Home-Mains_A'",
        ),
        (
            ("Cost (USD)",),
            Wanted(columns={"Attic": SeriesName(1001, "5")}),
            "there is no column 'Attic'; there are none",
        ),
        (("Cost (USD)",), Wanted(), "no column is matched: 'Cost (USD)'"),
    ],
)
def test_what_can_not_be_one_file_of_one_home_is_refused(names, wanted, sentence):
    with pytest.raises(ImportRefused) as refusal:
        matched(*names, wanted=wanted)
    assert refusal.value.line == 1
    assert sentence in refusal.value.reason


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["Home-Mains_A"], "is not understood; write the column's name, '='"),
        (["=1001:1"], "is not understood"),
        (["A=1001"], "'1001' is no series"),
        (["A=1001:1", "A =1001:2"], "'A' is there twice"),
        (["A=1:1"] * (MOST_MAPPED + 1), "there may be up to 200"),
    ],
)
def test_a_mapping_that_says_nothing_is_refused(texts, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        parse_mapping(texts, name="column")


def test_only_what_is_listed_can_be_said():
    require_listed(Wanted(device=1001, columns={"A": SeriesName(1001, "5")}), CUSTOMER)
    require_listed(Wanted(), CUSTOMER)
    with pytest.raises(UnknownDevice):
        require_listed(Wanted(device=9), CUSTOMER)
    with pytest.raises(UnknownDevice):
        require_listed(Wanted(columns={"A": SeriesName(9, "1")}), CUSTOMER)
    with pytest.raises(UnknownSeries, match="device 1001 has no series '40'"):
        require_listed(Wanted(columns={"A": SeriesName(1001, "40")}), CUSTOMER)
