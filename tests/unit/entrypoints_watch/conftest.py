"""A frame of the stream, small enough to check by hand: a minute's kWh times 60,000 is watts."""

from typing import Any

import pytest


@pytest.fixture
def usages() -> dict[str, Any]:
    """A panel that draws 3,000 W with a car on one circuit, solar, and an unknown; a lone plug."""
    return {
        "instant": "2026-03-01T12:00:00Z",
        "scale": "1MIN",
        "energyUnit": "KilowattHours",
        "devices": [
            {"deviceGid": 30, "channelUsages": [channel(30, "1,2,3", "Heater", 0.01)]},
            {
                "deviceGid": 10,
                "channelUsages": [
                    channel(10, "Balance", "Balance", 0.002),
                    channel(10, "10", "Solar", -0.02),
                    channel(10, "2", None, None),
                    channel(10, "1", "Garage", 0.015) | {"nestedDevices": [car()]},
                    channel(10, "1,2,3", "Main", 0.05),
                ],
            },
        ],
    }


def channel(gid: int, number: str, name: str | None, kwh: float | None) -> dict[str, Any]:
    return {
        "deviceGid": gid,
        "channelNum": number,
        "name": name,
        "usage": kwh,
        "percentage": 0.0,
        "nestedDevices": [],
    }


def car() -> dict[str, Any]:
    return {"deviceGid": 20, "channelUsages": [channel(20, "1,2,3", "Main", 0.0125)]}
