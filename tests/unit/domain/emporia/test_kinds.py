"""What a device is, by model and serial number."""

import pytest

from domain.emporia.channels import ChannelKind, ChannelRole, role_of
from domain.emporia.kinds import DeviceKind, kind_of
from domain.emporia.samples import ChannelReading


@pytest.mark.parametrize(
    ("model", "kind"),
    [
        ("VUE001", DeviceKind.PANEL),
        ("VUE02", DeviceKind.PANEL),
        ("VUE003", DeviceKind.PANEL),
        ("vue002", DeviceKind.PANEL),
        ("SSO001", DeviceKind.PLUG),
        ("VVDN01", DeviceKind.CHARGER),
        ("BAT001", DeviceKind.BATTERY),
        ("WAT001", DeviceKind.EXPANSION),
    ],
)
def test_the_model_tells_the_kind_whatever_the_serial(model: str, kind: DeviceKind) -> None:
    assert kind_of(model, "Z1", has_circuits=True) is kind
    assert kind_of(model, None, has_circuits=False) is kind


@pytest.mark.parametrize("model", [None, "", "ZIG001", "NEW"])
@pytest.mark.parametrize(
    ("serial", "kind"),
    [
        ("0123", DeviceKind.PANEL),
        ("X0123", DeviceKind.PANEL),
        ("A2306", DeviceKind.PANEL),
        ("F2306", DeviceKind.PANEL),
        ("Z2306", DeviceKind.UTILITY_CONNECT),
        ("B2306", DeviceKind.PLUG),
        ("D2306", DeviceKind.CHARGER),
        ("S2306", DeviceKind.BATTERY),
        ("SX2306", DeviceKind.EXPANSION),
        ("a2306", DeviceKind.PANEL),
    ],
)
def test_the_serial_tells_the_kind_of_an_unheard_of_model(
    model: str | None, serial: str, kind: DeviceKind
) -> None:
    assert kind_of(model, serial, has_circuits=False) is kind
    assert kind_of(model, serial, has_circuits=True) is kind


@pytest.mark.parametrize("serial", [None, "", "Q1"])
def test_circuits_decide_only_where_nothing_else_does(serial: str | None) -> None:
    assert kind_of("NEW", serial, has_circuits=True) is DeviceKind.PANEL
    assert kind_of("NEW", serial, has_circuits=False) is DeviceKind.UNKNOWN


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("1,2,3", ChannelKind.MAINS),
        ("16", ChannelKind.CIRCUIT),
        ("Balance", ChannelKind.BALANCE),
        ("MainsFromGrid", ChannelKind.DERIVED),
        ("Mains_A", ChannelKind.DERIVED),
    ],
)
def test_a_channel_is_what_its_number_says(number: str, kind: ChannelKind) -> None:
    assert ChannelKind.of(number) is kind
    assert ChannelReading(1, number, None, None, None).kind is kind


def test_a_channels_type_tells_sun_and_battery() -> None:
    roles = [role_of(13), role_of(2), role_of(1), role_of(None)]
    assert roles == [ChannelRole.SUN, ChannelRole.BATTERY, ChannelRole.USE, ChannelRole.USE]
