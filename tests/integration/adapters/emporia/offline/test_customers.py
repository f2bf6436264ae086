from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.emporia.customers import read_customer
from domain.emporia.channels import Channel, ChannelRole
from domain.emporia.devices import Address, Customer, Device, Location
from domain.emporia.kinds import DeviceKind
from domain.errors import EmporiaUnreadable

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def customer_at(location: object) -> Customer:
    device = {"deviceGid": 7, "locationProperties": location}
    return read_customer({"customerGid": 1, "devices": [device]}, received_at=NOW)


def test_a_customer_is_read_with_every_device_at_any_depth() -> None:
    document = {
        "customerGid": 42,
        "email": "home@example.com",
        "devices": [
            {
                "deviceGid": 1000,
                "locationProperties": {
                    "timeZone": "America/New_York",
                    "billingCycleStartDay": 15,
                },
                "devices": [{"deviceGid": 1000, "devices": []}, {"deviceGid": 1001}],
            },
            {"deviceGid": 2000, "locationProperties": None, "devices": None},
        ],
    }

    customer = read_customer(document, received_at=NOW)

    assert customer.account == 42
    assert customer.document == document
    assert customer.gids == {1000, 1001, 2000}
    assert customer.location_of(1001) == Location(ZoneInfo("America/New_York"), 15)
    assert customer.received_at == NOW


@pytest.mark.parametrize("document", [{"customerGid": 1}, {"customerGid": 1, "devices": None}])
def test_a_customer_without_devices_has_an_empty_list_of_them(document: dict[str, Any]) -> None:
    customer = read_customer(document, received_at=NOW)

    assert customer.devices == ()
    assert customer.document == {"customerGid": 1, "devices": []}


@pytest.mark.parametrize(
    "zone", [None, 5, "", "Mars/Olympus", "America", "../etc/passwd", "/etc/passwd", "x" * 5_000]
)
def test_a_zone_that_nobody_knows_leaves_the_device_without_a_location(zone: object) -> None:
    assert customer_at({"timeZone": zone}).devices[0].location is None


@pytest.mark.parametrize("day", [None, 0, 32, -1, 1.5, "15", True])
def test_a_billing_day_that_no_month_has_is_the_first(day: object) -> None:
    location = {"timeZone": "UTC", "billingCycleStartDay": day}

    assert customer_at(location).devices[0].location == Location(ZoneInfo("UTC"), 1)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"customerGid": None},
        {"customerGid": "1"},
        {"customerGid": True},
        {"customerGid": 0},
        {"customerGid": 2**63},
        {"customerGid": 1, "devices": {}},
        {"customerGid": 1, "devices": [{}]},
        {"customerGid": 1, "devices": ["x"]},
        {"customerGid": 1, "devices": [{"deviceGid": -7}]},
        {"customerGid": 1, "devices": [{"deviceGid": 1.5}]},
        {"customerGid": 1, "devices": [{"deviceGid": 7, "devices": [{"deviceGid": None}]}]},
        {"customerGid": 1, "devices": [{"deviceGid": 7, "locationProperties": "home"}]},
    ],
)
def test_a_nonsensical_customer_is_unreadable(document: dict[str, Any]) -> None:
    with pytest.raises(EmporiaUnreadable):
        read_customer(document, received_at=NOW)


def device_told(**told: Any) -> Device:
    document = {"customerGid": 1, "devices": [{"deviceGid": 7, **told}]}
    return read_customer(document, received_at=NOW).devices[0]


def test_a_device_is_read_with_all_that_tells_what_it_is() -> None:
    device = device_told(
        manufacturerDeviceId="A1",
        model="VUE002",
        parentDeviceGid=5,
        locationProperties={
            "timeZone": "UTC",
            "deviceName": "Attic",
            "zipCode": "80202",
            "latitudeLongitude": {"latitude": 39.7512, "longitude": -104.9988},
            "solar": True,
        },
        channels=[
            {"channelNum": "1,2,3", "type": "Main"},
            {"channelNum": "1", "channelTypeGid": 13, "type": "FiftyAmpBidirectional"},
            {"channelNum": "2", "channelTypeGid": 2, "type": "FiftyAmp", "parentChannelNum": "97"},
            {"channelNum": "97", "channelTypeGid": 2, "type": "Merged"},
        ],
    )

    assert (device.kind, device.name, device.feeder) == (DeviceKind.PANEL, "Attic", 5)
    assert device.has_sun
    assert device.location == Location(
        ZoneInfo("UTC"), address=Address(zip_code="80202", latitude=39.75, longitude=-105.0)
    )
    assert device.channels == (
        Channel(number="1,2,3"),
        Channel(number="1", role=ChannelRole.SUN),
        Channel(number="2", role=ChannelRole.BATTERY, is_merged=True, has_sign=False),
        Channel(number="97", role=ChannelRole.BATTERY),
    )


def test_the_second_monitor_in_a_panel_hangs_on_the_first() -> None:
    assert device_told(combinedVue=True, primaryVueGid=6).feeder == 6


def test_what_a_device_tells_of_itself_may_be_any_nonsense() -> None:
    device = device_told(
        manufacturerDeviceId=5,
        model=[],
        parentDeviceGid="x",
        primaryVueGid=True,
        locationProperties={
            "timeZone": "UTC",
            "deviceName": 7,
            "zipCode": 80202,
            "latitudeLongitude": {"latitude": "north", "longitude": None},
            "solar": "yes",
        },
        channels=[None, "x", {}, {"channelNum": 1}, {"channelNum": "1", "channelTypeGid": [13]}],
    )

    assert device == Device(
        gid=7,
        kind=DeviceKind.PANEL,
        location=Location(ZoneInfo("UTC")),
        channels=(Channel(number="1"),),
    )


@pytest.mark.parametrize("place", [None, "here", []])
def test_a_place_without_coordinates_is_known_by_the_rest(place: object) -> None:
    location = {"timeZone": "UTC", "zipCode": "1", "latitudeLongitude": place}

    assert customer_at(location).devices[0].location == Location(
        ZoneInfo("UTC"), address=Address(zip_code="1")
    )


def test_circuits_of_its_expansion_make_an_unknown_device_a_panel() -> None:
    expansion = {"deviceGid": 7, "channels": [{"channelNum": "1"}]}
    plug = {"deviceGid": 8, "channels": [{"channelNum": "1"}]}

    assert device_told(devices=[expansion]).kind is DeviceKind.PANEL
    assert device_told(devices=[plug]).kind is DeviceKind.UNKNOWN


def test_a_customer_is_read_with_the_homes() -> None:
    device = {"deviceGid": 7, "model": "VUE001"}
    customer = read_customer({"customerGid": 1, "devices": [device]}, received_at=NOW)

    assert [home.panels for home in customer.homes] == [(7,)]
