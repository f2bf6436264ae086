"""A frame of the stream, small enough to check by hand."""

from typing import Any

import pytest


@pytest.fixture
def usages() -> dict[str, Any]:
    """A panel that draws 3,000 W with a car on one circuit, solar, and an unknown; a lone plug."""
    return {
        "instant": "2026-03-01T12:00:00Z",
        "scale": "1S",
        "energyUnit": "KilowattHours",
        "devices": [
            {"deviceGid": 30, "channelUsages": [channel(30, "1,2,3", "Heater", 600.0)]},
            {
                "deviceGid": 10,
                "channelUsages": [
                    channel(10, "Balance", "Balance", 120.0),
                    channel(10, "10", "Solar", -1200.0),
                    channel(10, "2", None, None),
                    channel(10, "1", "Garage", 900.0) | {"nestedDevices": [car()]},
                    channel(10, "1,2,3", "Main", 3000.0),
                ],
            },
        ],
    }


def channel(gid: int, number: str, name: str | None, watts: float | None) -> dict[str, Any]:
    return {
        "deviceGid": gid,
        "channelNum": number,
        "name": name,
        "usage": None if watts is None else watts / 3_600_000,
        "percentage": 0.0,
        "nestedDevices": [],
        "watts": watts,
    }


def car() -> dict[str, Any]:
    return {"deviceGid": 20, "channelUsages": [channel(20, "1,2,3", "Main", 750.0)]}
