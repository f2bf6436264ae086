from datetime import UTC, datetime

import pytest

from domain.accounts.keys import KeyLimits
from domain.emporia.channels import BALANCE, MAINS, Channel
from domain.emporia.devices import Customer, Device
from domain.emporia.homes import homes_of
from domain.emporia.kinds import DeviceKind
from domain.emporia.links import AccountId
from domain.errors import UnknownDevice
from domain.live.errors import ReplayWithoutPanel
from domain.live.panels import circuits_of, panel_to_show

SUB_PANEL = Device(gid=1, kind=DeviceKind.PANEL, parent=1000, feeder=1000)
PANEL = Device(
    gid=1000,
    kind=DeviceKind.PANEL,
    channels=(Channel(number=MAINS), Channel(number=BALANCE)),
    devices=(
        Device(
            gid=1000,
            kind=DeviceKind.EXPANSION,
            channels=(Channel(number="1", name="Kitchen"), Channel(number="2")),
        ),
    ),
)
SECOND = Device(gid=2000, kind=DeviceKind.PANEL, channels=(Channel(number=MAINS),))
PLUG = Device(gid=3000, kind=DeviceKind.PLUG)


def customer(*devices: Device) -> Customer:
    return Customer(
        account=AccountId(42),
        document={},
        devices=devices,
        received_at=datetime(2026, 3, 1, tzinfo=UTC),
        homes=homes_of(devices),
    )


HOME = customer(SUB_PANEL, PLUG, PANEL, SECOND)


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        (None, 1000),
        (frozenset(), 1000),
        (frozenset({3000}), 1000),
        (frozenset({2000}), 2000),
        (frozenset({1, 3000}), 1),
        (frozenset({1, 2000}), 1000),
    ],
)
def test_the_one_panel_that_is_named_is_shown_else_the_first_that_hangs_on_no_other(
    named: frozenset[int] | None, shown: int
) -> None:
    assert panel_to_show(HOME, named, limits=None) == shown


def test_an_account_without_a_panel_has_nothing_to_show() -> None:
    with pytest.raises(ReplayWithoutPanel):
        panel_to_show(customer(PLUG), None, limits=None)


def test_a_key_sees_the_panels_whose_mains_it_may_see() -> None:
    limits = KeyLimits(channels=frozenset({(2000, MAINS), (1000, "1")}))

    assert panel_to_show(HOME, None, limits=limits) == 2000
    with pytest.raises(UnknownDevice, match="1000"):
        panel_to_show(HOME, frozenset({1000}), limits=limits)


def test_a_key_that_sees_circuits_alone_has_no_panel() -> None:
    limits = KeyLimits(channels=frozenset({(1000, "1")}))

    with pytest.raises(ReplayWithoutPanel):
        panel_to_show(HOME, None, limits=limits)


def test_the_circuits_of_a_panel_are_those_of_its_box_without_mains_and_balance() -> None:
    assert [circuit.number for circuit in circuits_of(HOME, 1000)] == ["1", "2"]
    assert circuits_of(HOME, 2000) == ()
