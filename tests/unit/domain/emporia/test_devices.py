from zoneinfo import ZoneInfo

import pytest

from domain.accounts.keys import KeyLimits
from domain.emporia.channels import BALANCE, MAINS, Channel
from domain.emporia.devices import UNKNOWN_LOCATION, Device, Location
from domain.errors import InvalidInput, UnknownDevice, UnknownSeries
from tests.unit.domain.emporia.customers import customer

LISBON = Location(ZoneInfo("Europe/Lisbon"))
KOLKATA = Location(ZoneInfo("Asia/Kolkata"), billing_cycle_start_day=15)


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


BOILER, OVEN, REST = (
    Channel(number="1", name="Boiler"),
    Channel(number="2"),
    Channel(number=BALANCE),
)
PLUG = Device(gid=3, name="Plug", channels=(Channel(number=MAINS),))
PANEL = Device(
    gid=1,
    name="Panel",
    location=LISBON,
    channels=(Channel(number=MAINS), BOILER, OVEN, REST),
    devices=(Device(gid=2, name="Strip", devices=(PLUG,)),),
)


def test_a_device_is_seen_with_what_nests_in_it_and_without_its_place_and_balance() -> None:
    (seen,) = customer(PANEL, Device(gid=4)).within(KeyLimits(devices=frozenset({1})))
    assert (seen.gid, seen.name, seen.location) == (1, "Panel", None)
    assert [channel.number for channel in seen.channels] == [MAINS, "1", "2"]
    assert seen.devices == (Device(gid=2, name="Strip", devices=(PLUG,)),)


def test_of_single_channels_neither_the_device_nor_its_neighbours_are_told() -> None:
    limits = KeyLimits(channels=frozenset({(1, "1"), (1, BALANCE)}))
    assert customer(PANEL).within(limits) == (Device(gid=1, channels=(BOILER,)),)


def test_limits_are_a_union_and_what_nests_in_the_unseen_comes_to_the_top() -> None:
    limits = KeyLimits(devices=frozenset({3}), channels=frozenset({(1, "2")}))
    assert customer(PANEL).within(limits) == (Device(gid=1, channels=(OVEN,)), PLUG)


@pytest.mark.parametrize("gid", [1, 2, 4, 5])
def test_an_unseen_device_is_refused_as_one_that_never_was(gid: int) -> None:
    home = customer(PANEL, Device(gid=4))
    limits = KeyLimits(devices=frozenset({3}))
    home.require(frozenset({3}), limits=limits)
    with pytest.raises(UnknownDevice) as refusal:
        home.require(frozenset({gid}), limits=limits)
    assert str(refusal.value) == f"devices: {gid} not found in the linked Emporia account."


@pytest.mark.parametrize(
    ("limits", "seen"),
    [
        (None, {(1, MAINS), (1, "1"), (1, "2"), (1, BALANCE), (3, MAINS)}),
        (KeyLimits(devices=frozenset({1})), {(1, MAINS), (1, "1"), (1, "2"), (3, MAINS)}),
        (KeyLimits(devices=frozenset({3})), {(3, MAINS)}),
        (KeyLimits(channels=frozenset({(1, "1")})), {(1, "1")}),
    ],
)
def test_the_past_is_seen_of_what_is_seen_now(
    limits: KeyLimits | None, seen: set[tuple[int, str]]
) -> None:
    series = {(1, MAINS), (1, "1"), (1, "2"), (1, BALANCE), (3, MAINS)}
    home = customer(PANEL)
    assert {one for one in series if home.sees(*one, limits=limits)} == seen


@pytest.mark.parametrize("name", ["Balance", "balance", "BALANCE"])
def test_the_balance_is_seen_by_no_limited_key_however_it_is_spelled(name: str) -> None:
    for limits in (
        KeyLimits(devices=frozenset({1})),
        KeyLimits(channels=frozenset({(1, name)})),
    ):
        assert not customer(PANEL).sees(1, name, limits=limits)


def test_limits_are_refused_that_name_what_is_not_there() -> None:
    home = customer(PANEL)
    home.require_limits(KeyLimits(devices=frozenset({3}), channels=frozenset({(1, "2")})))
    with pytest.raises(UnknownDevice):
        home.require_limits(KeyLimits(channels=frozenset({(9, "1")})))
    with pytest.raises(UnknownSeries):
        home.require_limits(KeyLimits(channels=frozenset({(1, "9")})))


def test_a_device_that_names_its_parent_nests_in_it_however_deep() -> None:
    home = customer(
        Device(gid=1), Device(gid=2, parent=1), Device(gid=3, parent=2), Device(gid=4, feeder=1)
    )
    limits = KeyLimits(devices=frozenset({1}))
    assert [device.gid for device in home.within(limits)] == [1, 2, 3]
    assert home.sees(3, MAINS, limits=limits)
    assert not home.sees(4, MAINS, limits=limits)


def test_devices_that_name_each_other_are_found_once() -> None:
    home = customer(Device(gid=1, parent=2), Device(gid=2, parent=1))
    assert [device.gid for device in home.within(KeyLimits(devices=frozenset({1})))] == [1, 2]
