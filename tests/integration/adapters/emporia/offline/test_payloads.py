from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.emporia.payloads import read_chart, read_customer, read_usages
from domain.emporia.devices import Customer, Location
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


def test_a_sample_is_the_object_under_device_list_usages() -> None:
    plug = {"deviceGid": 2, "channelUsages": [{"usage": 0, "channelNum": "1,2,3"}]}
    inner = {
        "instant": "2026-03-01T12:00:00Z",
        "scale": "1MIN",
        "energyUnit": "KilowattHours",
        "new": "kept",
        "devices": [
            {
                "deviceGid": 1,
                "channelUsages": [
                    {"name": None, "usage": None, "nestedDevices": [plug]},
                    {"name": "Main", "usage": -1.5, "nestedDevices": []},
                ],
            }
        ],
    }

    sample = read_usages({"deviceListUsages": inner}, received_at=NOW)

    assert sample.document == inner
    assert sample.received_at == NOW


@pytest.mark.parametrize("inner", [{}, {"devices": None}, {"devices": []}])
def test_a_sample_without_devices_has_an_empty_list_of_them(inner: dict[str, Any]) -> None:
    assert read_usages({"deviceListUsages": inner}, received_at=NOW).document == {"devices": []}


@pytest.mark.parametrize(
    "inner",
    [
        None,
        [],
        {"instant": 5},
        {"devices": 0},
        {"devices": [{"channelUsages": []}]},
        {"devices": [{"deviceGid": "1"}]},
        {"devices": [{"deviceGid": 1, "channelUsages": {}}]},
        {"devices": [{"deviceGid": 1, "channelUsages": [{"usage": "1.5"}]}]},
        {"devices": [{"deviceGid": 1, "channelUsages": [{"usage": True}]}]},
        {"devices": [{"deviceGid": 1, "channelUsages": [{"usage": 10**400}]}]},
        {"devices": [{"deviceGid": 1, "channelUsages": [{"nestedDevices": [{}]}]}]},
    ],
)
def test_a_nonsensical_sample_is_unreadable(inner: object) -> None:
    with pytest.raises(EmporiaUnreadable):
        read_usages({"deviceListUsages": inner}, received_at=NOW)


def test_an_answer_without_a_sample_is_unreadable() -> None:
    with pytest.raises(EmporiaUnreadable):
        read_usages({}, received_at=NOW)


def test_a_chart_is_read_with_its_gaps() -> None:
    chart = read_chart(
        {"firstUsageInstant": "2026-03-01T12:00:00Z", "usageList": [1, None, -2.5, 0]}
    )

    assert chart.first_usage_instant == NOW
    assert chart.usages == [1, None, -2.5, 0]


@pytest.mark.parametrize(
    "document", [{"usageList": []}, {"firstUsageInstant": None, "usageList": []}]
)
def test_an_empty_chart_needs_no_first_instant(document: dict[str, Any]) -> None:
    chart = read_chart(document)

    assert chart.first_usage_instant is None
    assert chart.usages == []


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"usageList": None, "firstUsageInstant": "2026-03-01T12:00:00Z"},
        {"usageList": [1.0]},
        {"usageList": [1.0], "firstUsageInstant": "yesterday"},
        {"usageList": [1.0], "firstUsageInstant": 1_772_366_400},
        {"usageList": ["1.0"], "firstUsageInstant": "2026-03-01T12:00:00Z"},
    ],
)
def test_a_nonsensical_chart_is_unreadable(document: dict[str, Any]) -> None:
    with pytest.raises(EmporiaUnreadable):
        read_chart(document)
