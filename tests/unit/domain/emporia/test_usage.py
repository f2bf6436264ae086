from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.emporia.usage import EnergyUnit, Scale, UsageSample, with_watts
from domain.errors import InvalidInput

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def device(gid: int, *nested: dict[str, Any]) -> dict[str, Any]:
    """A device with a mains channel and one circuit that feeds the nested ones."""
    return {
        "deviceGid": gid,
        "channelUsages": [
            {"channelNum": "1,2,3", "usage": 0.01, "nestedDevices": []},
            {"channelNum": "1", "usage": None, "unknown": "kept", "nestedDevices": [*nested]},
        ],
    }


def sample(*devices: dict[str, Any]) -> UsageSample:
    return UsageSample(document={"scale": "1MIN", "devices": [*devices]}, received_at=NOON)


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
    shapes = st.recursive(st.just([]), lambda inner: st.lists(inner, max_size=3), max_leaves=8)

    def build(shape: Any, gids: Any) -> dict[str, Any]:
        return device(next(gids), *(build(inner, gids) for inner in shape))

    return st.lists(shapes, max_size=3).map(
        lambda roots: (lambda gids: [build(root, gids) for root in roots])(iter(range(1, 1000)))
    )


@pytest.mark.parametrize("scale", Scale)
def test_a_scale_is_read_in_emporias_spelling(scale: Scale) -> None:
    assert Scale.parse(scale.value) is scale


@pytest.mark.parametrize("unit", EnergyUnit)
def test_a_unit_is_read_in_emporias_spelling(unit: EnergyUnit) -> None:
    assert EnergyUnit.parse(unit.value) is unit


def test_case_matters_and_the_refusal_names_what_is_allowed() -> None:
    with pytest.raises(InvalidInput, match=r"^scale: '1min' is not known; allowed are 1S, 1MIN,"):
        Scale.parse("1min")
    with pytest.raises(InvalidInput, match=r"^energyUnit: 'kilowatthours'"):
        EnergyUnit.parse("kilowatthours")


@pytest.mark.parametrize(
    ("scale", "watts"),
    [(Scale.SECOND, 3.6e6), (Scale.MINUTE, 6e4), (Scale.QUARTER_HOUR, 4e3), (Scale.HOUR, 1e3)],
)
def test_one_kwh_in_a_bucket_is_so_many_watts(scale: Scale, watts: float) -> None:
    assert scale.watts(1.0) == watts


def test_no_data_is_not_zero_watts() -> None:
    assert Scale.MINUTE.watts(None) is None
    assert Scale.MINUTE.watts(0.0) == 0.0


def test_buckets_of_the_calendar_have_no_watts() -> None:
    with pytest.raises(InvalidInput, match="1D"):
        Scale.DAY.watts(1.0)


def test_all_devices_are_the_document_itself() -> None:
    home = sample(device(1, device(2)))
    assert home.only(None) is home.document


def test_a_nested_device_by_itself_moves_to_the_top_level() -> None:
    home = sample(device(1, device(2, device(3))))
    assert home.only(frozenset({3})) == sample(device(3)).document


def test_a_nested_device_stays_inside_its_named_parent() -> None:
    home = sample(device(1, device(2), device(3)))
    assert home.only(frozenset({1, 3})) == sample(device(1, device(3))).document


def test_a_device_stays_inside_its_grandparent_when_the_parent_is_not_named() -> None:
    home = sample(device(1, device(2, device(3))))
    assert home.only(frozenset({1, 3})) == sample(device(1, device(3))).document


def test_a_device_without_any_channel_is_passed_on() -> None:
    bare = {"deviceGid": 1, "channelUsages": None}
    assert gids_of(sample(bare).only(frozenset({1}))["devices"]) == [1]


@given(homes(), st.frozensets(st.integers(1, 12)))
def test_exactly_the_named_devices_are_picked_each_once(
    devices: list[dict[str, Any]], gids: frozenset[int]
) -> None:
    picked = gids_of(sample(*devices).only(gids)["devices"])
    assert picked == [gid for gid in gids_of(devices) if gid in gids]


@given(homes())
def test_naming_every_device_changes_nothing(devices: list[dict[str, Any]]) -> None:
    home = sample(*devices)
    assert home.only(frozenset(range(1, 1000))) == home.document


@given(homes(), st.frozensets(st.integers(1, 12)))
def test_picking_twice_is_picking_once(devices: list[dict[str, Any]], gids: frozenset[int]) -> None:
    once = sample(*devices).only(gids)
    assert UsageSample(document=once, received_at=NOON).only(gids) == once


def told_at(scale: Scale, unit: EnergyUnit, *devices: dict[str, Any]) -> dict[str, Any]:
    return {"scale": scale.value, "energyUnit": unit.value, "devices": [*devices]}


@pytest.mark.parametrize(("scale", "watts"), [(Scale.SECOND, 36_000), (Scale.MINUTE, 600)])
def test_watts_stand_beside_each_usage_that_is_a_power_nested_ones_too(
    scale: Scale, watts: float
) -> None:
    told = with_watts(told_at(scale, EnergyUnit.KILOWATT_HOURS, device(1, device(2))))
    mains, circuit = told["devices"][0]["channelUsages"]
    assert (mains["usage"], mains["watts"]) == (0.01, pytest.approx(watts))
    nested_mains, _ = circuit["nestedDevices"][0]["channelUsages"]
    assert nested_mains["watts"] == pytest.approx(watts)


def test_no_data_has_no_watts_and_unknown_fields_are_kept() -> None:
    told = with_watts(told_at(Scale.MINUTE, EnergyUnit.KILOWATT_HOURS, device(1)))
    assert told["devices"][0]["channelUsages"][1] == {
        "channelNum": "1",
        "usage": None,
        "watts": None,
        "unknown": "kept",
        "nestedDevices": [],
    }


def test_a_device_without_any_channel_has_no_watts() -> None:
    bare = {"deviceGid": 1, "channelUsages": None}
    told = with_watts(told_at(Scale.MINUTE, EnergyUnit.KILOWATT_HOURS, bare))
    assert told["devices"] == [{"deviceGid": 1, "channelUsages": []}]


def test_watts_are_told_at_a_second_and_a_minute_in_kwh_alone() -> None:
    asked = {
        (scale, unit): told_at(scale, unit, device(1)) for scale in Scale for unit in EnergyUnit
    }
    powers = {key for key, told in asked.items() if "watts" in str(with_watts(told))}
    kwh = EnergyUnit.KILOWATT_HOURS
    assert powers == {(Scale.SECOND, kwh), (Scale.MINUTE, kwh)}
    assert {key for key, told in asked.items() if with_watts(told) is told} == set(asked) - powers


def test_adding_watts_leaves_the_sample_as_it_was() -> None:
    told = told_at(Scale.MINUTE, EnergyUnit.KILOWATT_HOURS, device(1, device(2)))
    with_watts(told)
    assert "watts" not in str(told)
