from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.emporia.devices import UNKNOWN_LOCATION, Customer, Device, Location
from domain.emporia.links import AccountId
from domain.errors import InvalidInput

LISBON = Location(ZoneInfo("Europe/Lisbon"))
KOLKATA = Location(ZoneInfo("Asia/Kolkata"), billing_cycle_start_day=15)


def customer(*devices: Device) -> Customer:
    return Customer(
        account=AccountId(42),
        document={},
        devices=devices,
        received_at=datetime(2026, 3, 1, tzinfo=UTC),
    )


def test_nested_devices_count_like_any_other() -> None:
    plug = Device(gid=3)
    panel = Device(gid=2, devices=(plug,))
    assert customer(Device(gid=1, devices=(panel,)), Device(gid=4)).gids == {1, 2, 3, 4}


def test_a_device_seen_twice_is_one_device() -> None:
    assert customer(Device(gid=1, devices=(Device(gid=2),)), Device(gid=2)).gids == {1, 2}


def test_a_device_has_its_own_location() -> None:
    home = customer(Device(gid=1, location=LISBON, devices=(Device(gid=2, location=KOLKATA),)))
    assert home.location_of(2) is KOLKATA


def test_a_device_without_a_location_has_its_parents() -> None:
    panel = Device(gid=2, devices=(Device(gid=3),))
    assert customer(Device(gid=1, location=LISBON, devices=(panel,))).location_of(3) is LISBON


def test_a_device_seen_twice_has_the_location_that_is_known() -> None:
    assert customer(Device(gid=1), Device(gid=1, location=LISBON)).location_of(1) is LISBON


def test_where_nobody_has_a_location_it_is_utc() -> None:
    assert customer(Device(gid=1)).location_of(1) is UNKNOWN_LOCATION


def test_own_devices_may_be_asked_for() -> None:
    customer(Device(gid=1, devices=(Device(gid=2),))).require(frozenset({1, 2}))


def test_foreign_devices_are_refused_by_name_a_few_at_most() -> None:
    with pytest.raises(InvalidInput, match=r"^devices: 2, 3, 4, 5, 6 not found"):
        customer(Device(gid=1)).require(frozenset(range(1, 1000)))
