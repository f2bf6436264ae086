from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.emporia.usages import no_usages, read_usages
from domain.emporia.samples import ChannelReading, DeviceReading
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import EmporiaUnreadable

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOLD = {"instant": "2026-03-01T12:00:00Z", "scale": "1MIN", "energyUnit": "KilowattHours"}


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
                    {"name": None, "usage": None, "channelNum": "1", "nestedDevices": [plug]},
                    {"name": "Main", "usage": -1.5, "channelNum": "1,2,3", "nestedDevices": []},
                    {"name": "Nobody knows which", "usage": 1},
                ],
            }
        ],
    }

    sample = read_usages({"deviceListUsages": inner}, received_at=NOW)

    assert sample.document.content == inner
    assert sample.document.instant == "2026-03-01T12:00:00Z"
    assert (sample.instant, sample.received_at) == (NOW, NOW)
    assert (sample.scale, sample.unit) == (Scale.MINUTE, EnergyUnit.KILOWATT_HOURS)


def test_a_sample_is_read_channel_by_channel() -> None:
    plug = {"deviceGid": 2, "channelUsages": [{"usage": 0, "channelNum": "1,2,3"}]}
    garage = {"name": "Garage", "usage": None, "channelNum": "1", "nestedDevices": [plug]}
    mains = {"name": "Main", "usage": -0.5, "channelNum": "1,2,3"}
    nameless = {"usage": 1}
    devices = [{"deviceGid": 1, "channelUsages": [garage, mains, nameless]}, {"deviceGid": 3}]

    sample = read_usages({"deviceListUsages": {**TOLD, "devices": devices}}, received_at=NOW)

    inside = DeviceReading(2, (ChannelReading(2, "1,2,3", None, 0.0, 0.0),))
    assert sample.devices == (
        DeviceReading(
            1,
            (
                ChannelReading(1, "1", "Garage", None, None, (inside,)),
                ChannelReading(1, "1,2,3", "Main", -0.5, -30_000.0),
            ),
        ),
        DeviceReading(3, ()),
    )


def test_what_is_no_power_is_read_without_watts() -> None:
    device = {"deviceGid": 1, "channelUsages": [{"usage": 2.0, "channelNum": "1"}]}
    inner = {**TOLD, "scale": "1D", "devices": [device]}

    sample = read_usages({"deviceListUsages": inner}, received_at=NOW)

    assert sample.devices[0].channels == (ChannelReading(1, "1", None, 2.0, None),)
    assert sample.document.with_watts() is sample.document


@pytest.mark.parametrize("inner", [{}, {"devices": None}, {"devices": []}])
def test_a_sample_without_devices_has_an_empty_list_of_them(inner: dict[str, Any]) -> None:
    sample = read_usages({"deviceListUsages": TOLD | inner}, received_at=NOW)

    assert sample.document.content == {**TOLD, "devices": []}
    assert sample.devices == ()


def test_an_account_without_devices_uses_nothing() -> None:
    sample = no_usages(
        instant=NOW + timedelta(milliseconds=1),
        scale=Scale.MINUTE,
        unit=EnergyUnit.KILOWATT_HOURS,
        received_at=NOW,
    )

    assert sample.document.content == {**TOLD, "devices": []}


@pytest.mark.parametrize(
    "told",
    [
        {"instant": None},
        {"instant": ""},
        {"instant": "now"},
        {"instant": "2026-03-01T12:00:00Z\n"},
        {"instant": "2026-03-01T12:00:00Z\n\nevent: error\ndata: x"},
        {"instant": " 2026-03-01T12:00:00Z"},
        {"instant": "2026-02-30T12:00:00Z"},
        {"scale": None},
        {"scale": "1H30"},
        {"energyUnit": None},
        {"energyUnit": "Watts"},
    ],
)
def test_a_sample_that_does_not_tell_of_what_it_is_is_unreadable(told: dict[str, Any]) -> None:
    with pytest.raises(EmporiaUnreadable):
        read_usages({"deviceListUsages": {**TOLD, **told}}, received_at=NOW)


@pytest.mark.parametrize("missing", ["instant", "scale", "energyUnit"])
def test_a_sample_that_lacks_what_tells_of_what_it_is_is_unreadable(missing: str) -> None:
    inner = {name: value for name, value in TOLD.items() if name != missing}
    with pytest.raises(EmporiaUnreadable):
        read_usages({"deviceListUsages": inner}, received_at=NOW)


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
    told = {**TOLD, **inner} if isinstance(inner, dict) else inner
    with pytest.raises(EmporiaUnreadable):
        read_usages({"deviceListUsages": told}, received_at=NOW)


def test_an_answer_without_a_sample_is_unreadable() -> None:
    with pytest.raises(EmporiaUnreadable):
        read_usages({}, received_at=NOW)
