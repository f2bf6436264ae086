"""What is known of a home."""

from entrypoints.watch.home import HomeFigures, KnownHome


def test_devices_are_named_by_their_owners_nested_ones_too() -> None:
    plug = {"deviceGid": 2, "locationProperties": {"deviceName": "Desk"}, "devices": []}
    expansion = {"deviceGid": 1, "devices": []}
    panel = {
        "deviceGid": 1,
        "locationProperties": {"deviceName": "Home"},
        "devices": [expansion, plug],
    }

    assert KnownHome.read([panel]).names == {1: "Home", 2: "Desk"}


TOLD = {
    "name": "House",
    "deviceGids": [10, 11],
    "watts": None,
    "gridWatts": None,
    "solarWatts": 3.0,
    "batteryWatts": -1.0,
    "hasSolar": True,
    "hasBattery": True,
    "batteryChannels": [{"gid": 10, "channel": "2"}],
    "silentGids": [11],
}


def test_figures_are_the_frame_s_own() -> None:
    assert HomeFigures.read(TOLD) == HomeFigures(
        name="House",
        gids=frozenset({10, 11}),
        watts=None,
        grid_watts=None,
        solar_watts=3.0,
        battery_watts=-1.0,
        has_solar=True,
        has_battery=True,
        battery_keys=frozenset({"10/2"}),
    )


def test_the_newest_minute_stands_in_where_there_is_one() -> None:
    minute = {"watts": 9.0, "gridWatts": 8.0, "solarWatts": 1.0, "batteryWatts": 0.0}
    figures = HomeFigures.read({**TOLD, "newestMinute": {"sampledAt": "then", **minute}})

    assert (figures.watts, figures.grid_watts, figures.solar_watts) == (9, 8, 1)
    assert figures.is_average
