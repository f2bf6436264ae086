from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.emporia.usage_document import EmporiaUsageDocument
from domain.accounts.keys import KeyLimits


def device(gid: int, *nested: dict[str, Any]) -> dict[str, Any]:
    """A device with a mains channel and one circuit that feeds the nested ones."""
    return {
        "deviceGid": gid,
        "channelUsages": [
            {"channelNum": "1,2,3", "usage": 0.01, "nestedDevices": []},
            {"channelNum": "1", "usage": None, "unknown": "kept", "nestedDevices": [*nested]},
        ],
    }


def sample(*devices: dict[str, Any], seconds: int | None = 60) -> EmporiaUsageDocument:
    told = {"instant": "2026-03-01T12:00:00Z", "devices": [*devices]}
    return EmporiaUsageDocument(told, seconds=seconds)


def gids_of(devices: list[Any]) -> list[int]:
    """Every gid in the tree, a device before those nested in it."""
    gids = []
    for each in devices:
        gids.append(each["deviceGid"])
        for channel in each["channelUsages"]:
            gids.extend(gids_of(channel["nestedDevices"]))
    return gids


def homes() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Trees of devices, every gid once."""
    shapes: st.SearchStrategy[list[Any]] = st.recursive(
        st.just([]), lambda inner: st.lists(inner, max_size=3), max_leaves=8
    )

    def build(shape: Any, gids: Any) -> dict[str, Any]:
        return device(next(gids), *(build(inner, gids) for inner in shape))

    return st.lists(shapes, max_size=3).map(
        lambda roots: (lambda gids: [build(root, gids) for root in roots])(iter(range(1, 1000)))
    )


def test_all_devices_are_the_document_itself() -> None:
    home = sample(device(1, device(2)))
    assert home.only(None) is home


def test_a_nested_device_by_itself_moves_to_the_top_level() -> None:
    home = sample(device(1, device(2, device(3))))
    assert home.only(frozenset({3})).content == sample(device(3)).content


def test_a_nested_device_stays_inside_its_named_parent() -> None:
    home = sample(device(1, device(2), device(3)))
    assert home.only(frozenset({1, 3})).content == sample(device(1, device(3))).content


def test_a_device_stays_inside_its_grandparent_when_the_parent_is_not_named() -> None:
    home = sample(device(1, device(2, device(3))))
    assert home.only(frozenset({1, 3})).content == sample(device(1, device(3))).content


def test_a_device_without_any_channel_is_passed_on() -> None:
    bare = {"deviceGid": 1, "channelUsages": None}
    assert gids_of(sample(bare).only(frozenset({1})).content["devices"]) == [1]


@given(homes(), st.frozensets(st.integers(1, 12)))
def test_exactly_the_named_devices_are_picked_each_once(
    devices: list[dict[str, Any]], gids: frozenset[int]
) -> None:
    picked = gids_of(sample(*devices).only(gids).content["devices"])
    assert picked == [gid for gid in gids_of(devices) if gid in gids]


@given(homes())
def test_naming_every_device_changes_nothing(devices: list[dict[str, Any]]) -> None:
    home = sample(*devices)
    assert home.only(frozenset(range(1, 1000))).content == home.content


@given(homes(), st.frozensets(st.integers(1, 12)))
def test_picking_twice_is_picking_once(devices: list[dict[str, Any]], gids: frozenset[int]) -> None:
    once = sample(*devices).only(gids)
    assert once.only(gids).content == once.content


@pytest.mark.parametrize(("seconds", "watts"), [(1, 36_000), (60, 600)])
def test_watts_stand_beside_each_usage_that_is_a_power_nested_ones_too(
    seconds: int, watts: float
) -> None:
    told = sample(device(1, device(2)), seconds=seconds).with_watts().content
    mains, circuit = told["devices"][0]["channelUsages"]
    assert (mains["usage"], mains["watts"]) == (0.01, pytest.approx(watts))
    nested_mains, _ = circuit["nestedDevices"][0]["channelUsages"]
    assert nested_mains["watts"] == pytest.approx(watts)


def test_no_data_has_no_watts_and_unknown_fields_are_kept() -> None:
    told = sample(device(1)).with_watts().content
    assert told["devices"][0]["channelUsages"][1] == {
        "channelNum": "1",
        "usage": None,
        "watts": None,
        "unknown": "kept",
        "nestedDevices": [],
    }


def test_a_device_without_any_channel_has_no_watts() -> None:
    told = sample({"deviceGid": 1, "channelUsages": None}).with_watts().content
    assert told["devices"] == [{"deviceGid": 1, "channelUsages": []}]


def test_what_is_no_power_has_no_watts() -> None:
    total = sample(device(1), seconds=None)
    assert total.with_watts() is total


def test_adding_watts_leaves_the_sample_as_it_was() -> None:
    told = sample(device(1, device(2)))
    told.with_watts()
    assert "watts" not in str(told.content)


def test_devices_can_be_picked_before_watts_are_added() -> None:
    told = sample(device(1, device(2))).only(frozenset({2})).with_watts().content
    assert told["devices"][0]["channelUsages"][0]["watts"] == 600


def full(gid: int, *nested: dict[str, Any]) -> dict[str, Any]:
    """A device as the cloud tells of it, with what a limited key must not see."""

    def channel(number: str, name: str, *inner: dict[str, Any]) -> dict[str, Any]:
        return {
            "deviceGid": gid,
            "channelNum": number,
            "name": f"{name} of {gid}",
            "usage": 0.01,
            "percentage": 12.5,
            "unknown": "field",
            "nestedDevices": [*inner],
        }

    return {
        "deviceGid": gid,
        "deviceName": "secret",
        "channelUsages": [
            channel("1,2,3", "Main"),
            channel("1", "Boiler", *nested),
            channel("Balance", "Balance"),
        ],
    }


def told(document: EmporiaUsageDocument) -> dict[int, list[str]]:
    """The channels of each device that is told of, however deep."""
    found: dict[int, list[str]] = {}

    def walk(devices: Any) -> None:
        for each in devices:
            channels = found.setdefault(each["deviceGid"], [])
            for channel in each["channelUsages"]:
                assert set(channel) == {
                    "deviceGid",
                    "channelNum",
                    "name",
                    "usage",
                    "nestedDevices",
                }
                channels.append(channel["channelNum"])
                walk(channel["nestedDevices"])

    walk(document.content["devices"])
    return found


def test_without_limits_it_is_the_document_itself() -> None:
    home = sample(full(1))
    assert home.within(None) is home


@pytest.mark.parametrize(
    ("limits", "seen"),
    [
        (KeyLimits(devices=frozenset({1})), {1: ["1,2,3", "1"], 2: ["1,2,3", "1"]}),
        (KeyLimits(devices=frozenset({2})), {2: ["1,2,3", "1"]}),
        (KeyLimits(channels=frozenset({(1, "1")})), {1: ["1"]}),
        (KeyLimits(channels=frozenset({(2, "1"), (1, "Balance")})), {2: ["1"]}),
        (KeyLimits(devices=frozenset({9})), {}),
        (
            KeyLimits(devices=frozenset({2}), channels=frozenset({(1, "1,2,3")})),
            {1: ["1,2,3"], 2: ["1,2,3", "1"]},
        ),
    ],
)
def test_a_limited_key_sees_what_its_limits_name_and_nothing_else(
    limits: KeyLimits, seen: dict[int, list[str]]
) -> None:
    home = sample(full(1, full(2)), full(3))
    limited = home.within(limits)
    assert told(limited) == seen
    assert set(limited.content) == {"instant", "devices"}
    assert "secret" not in str(limited.content)


@given(homes(), st.frozensets(st.integers(1, 30), min_size=1, max_size=5))
def test_no_device_comes_twice_and_none_that_is_not_named_or_nested(
    devices: list[Any], gids: frozenset[int]
) -> None:
    limited = sample(*devices).within(KeyLimits(devices=gids))
    named = set(gids_of(list(sample(*devices).only(gids).content["devices"])))
    shown = gids_of(list(limited.content["devices"]))
    assert len(shown) == len(set(shown))
    assert named <= set(shown)
    assert limited.within(KeyLimits(devices=gids)).content == limited.content
