"""What is known of a home: what frames tell of it, and what the device list alone does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from domain.emporia.usage import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHome:
    """The names that people gave their devices, by gid."""

    names: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def read(cls, devices: list[Document]) -> "KnownHome":
        """Read Emporia's list of devices."""
        return cls(
            names={
                device["deviceGid"]: name
                for device in _walk(devices)
                if (name := (device.get("locationProperties") or {}).get("deviceName"))
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFigures:
    """What a frame tells of one home, in watts; None is unknown, which is not zero.

    `is_average` says that a minute stands in for the second.
    """

    name: str | None
    gids: frozenset[int] = frozenset()
    watts: float | None
    grid_watts: float | None
    solar_watts: float | None = None
    battery_watts: float | None = None
    has_solar: bool = False
    has_battery: bool = False
    battery_keys: frozenset[str] = frozenset()
    is_average: bool = False

    @classmethod
    def read(cls, told: Document) -> "HomeFigures":
        """Read one of a frame's homes, in the newest minute where the second is unknown."""
        figures = told.get("newestMinute", told)
        return cls(
            name=told["name"],
            gids=frozenset(told["deviceGids"]),
            watts=figures["watts"],
            grid_watts=figures["gridWatts"],
            solar_watts=figures["solarWatts"],
            battery_watts=figures["batteryWatts"],
            has_solar=told["hasSolar"],
            has_battery=told["hasBattery"],
            battery_keys=frozenset(
                circuit_key(one["gid"], one["channel"]) for one in told["batteryChannels"]
            ),
            is_average=figures is not told,
        )


def circuit_key(gid: int, number: str) -> str:
    """Names a circuit among all of a home's."""
    return f"{gid}/{number}"


def _walk(devices: list[Document]) -> Iterator[Document]:
    for device in devices:
        yield device
        yield from _walk(device.get("devices") or [])
