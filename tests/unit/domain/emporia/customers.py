"""Somebody with devices."""

from datetime import UTC, datetime

from domain.emporia.devices import Customer, Device
from domain.emporia.links import AccountId


def customer(*devices: Device) -> Customer:
    """Somebody who has these devices."""
    return Customer(
        account=AccountId(42),
        document={},
        devices=devices,
        received_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
