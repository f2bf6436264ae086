"""The device list, as far as it tells what frames do not."""

from typing import Any

from entrypoints.watch.home import KnownHome


def channel(number: str, type_gid: int | None, *, leg_of: str | None = None) -> dict[str, Any]:
    return {
        "deviceGid": 1,
        "channelNum": number,
        "channelTypeGid": type_gid,
        "parentChannelNum": leg_of,
    }


def test_devices_are_named_by_their_owners_nested_ones_too() -> None:
    plug = {"deviceGid": 2, "locationProperties": {"deviceName": "Desk"}, "devices": []}
    expansion = {"deviceGid": 1, "devices": []}
    panel = {
        "deviceGid": 1,
        "locationProperties": {"deviceName": "Home"},
        "devices": [expansion, plug],
    }

    assert KnownHome.read([panel]).names == {1: "Home", 2: "Desk"}


def test_solar_comes_from_the_circuits_of_that_type_each_counted_once() -> None:
    circuits = [
        channel("1", 13),
        channel("2", 10),
        channel("3", None),
        channel("4", 13, leg_of="97"),
        channel("5", 13, leg_of="97"),
        channel("97", 13),
    ]
    expansion = {"deviceGid": 1, "channels": circuits}

    assert KnownHome.read([{"deviceGid": 1, "devices": [expansion]}]).solar == {"1/1", "1/97"}
