from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.archive.series import SeriesName
from domain.billing.homes import circuits_of, mains_of
from domain.emporia.channels import Channel, ChannelRole
from domain.emporia.devices import Customer, Device, Location
from domain.emporia.home_power import Home
from domain.emporia.homes import homes_of, named_home
from domain.emporia.kinds import DeviceKind
from domain.emporia.links import AccountId
from domain.errors import InvalidInput

HERE = Location(ZoneInfo("America/New_York"))
CHANNELS = (
    Channel(number="1,2,3"),
    Channel(number="Balance"),
    Channel(number="1"),
    Channel(number="2", is_merged=True),
    Channel(number="3", role=ChannelRole.SUN),
    Channel(number="4", role=ChannelRole.BATTERY),
)
PLUG = Device(gid=9, kind=DeviceKind.PLUG, channels=(Channel(number="1,2,3"),))


def _customer(*devices: Device) -> Customer:
    return Customer(
        account=AccountId(1),
        document={},
        devices=devices,
        received_at=datetime(2026, 1, 1, tzinfo=UTC),
        homes=homes_of(devices),
    )


def test_a_home_is_found_by_any_panel_of_its_place() -> None:
    customer = _customer(
        Device(gid=1, kind=DeviceKind.PANEL, location=HERE, channels=CHANNELS, devices=(PLUG,)),
        Device(gid=2, kind=DeviceKind.PANEL, location=HERE, channels=CHANNELS[:1]),
    )
    home = named_home(customer.homes, 2)
    assert home == named_home(customer.homes, 1)
    assert mains_of(home) == [SeriesName(1, "1,2,3"), SeriesName(2, "1,2,3")]
    assert circuits_of(home, customer.devices) == [SeriesName(1, "1"), SeriesName(1, "4")]


def test_where_there_is_no_panel_the_utilitys_meter_is_asked() -> None:
    assert mains_of(Home(name=None, meters=(5,))) == [SeriesName(5, "1,2,3")]


@pytest.mark.parametrize(
    ("devices", "sentence"),
    [
        ((Device(gid=1, kind=DeviceKind.PANEL, location=HERE),), r"home: name .* one of 1 \("),
        ((PLUG,), "home: this account has no panel"),
    ],
)
def test_what_is_no_panel_is_no_home(devices, sentence) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        named_home(_customer(*devices).homes, 9)
