"""The fifth customer's premises: a weaving mill in Japan, whose thousand circuits show what so many
do to a client."""

from collections.abc import Iterator
from functools import cache
from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Circuit, Device
from adapters.emporia_simulator.homes.energy.loads import Load, always_on, cycling, daily

HALLS = 7
PANELS_A_HALL = 9
LOOMS_A_PANEL = 14

_FIRST_GID = 5001
_CALENDAR = HomeCalendar(ZoneInfo("Asia/Tokyo"))
_CENTS_PER_KWH = 16.0
_VOLTS = 200.0
_LEG_SHARES = (0.36, 0.33, 0.31)
_HUMIDIFIER, _LOOM, _LIGHTS = 15, 18, 26


@cache
def mill() -> tuple[Device, ...]:
    """Every panel of the mill; built for the first who asks, and never where nobody does."""
    return tuple(_panel(hall, panel) for hall in range(HALLS) for panel in range(PANELS_A_HALL))


def _panel(hall: int, panel: int) -> Device:
    place = hall * PANELS_A_HALL + panel
    return Device(
        gid=_FIRST_GID + place,
        serial=f"A2406A04B4AC67B1{place:04d}",
        model="VUE003",
        firmware="Vue3-102",
        name=f"Hall {hall + 1} Panel {panel + 1}",
        calendar=_CALENDAR,
        cents_per_kwh=_CENTS_PER_KWH,
        volts=_VOLTS,
        leg_shares=_LEG_SHARES,
        expansion_serial=f"SX2406A04B4AC67B{place:04d}",
        loads=(always_on(85.0 + place % 7, every=3_571 - place, ripples=83),),
        circuits=tuple(_circuits(hall, panel)),
    )


def _circuits(hall: int, panel: int) -> Iterator[Circuit]:
    """The looms, and what keeps the air damp and the cloth in the light."""
    for number in range(1, LOOMS_A_PANEL + 1):
        loom = panel * LOOMS_A_PANEL + number
        yield _circuit(number, f"Hall {hall + 1} Loom {loom}", _LOOM, _weaving(hall, loom))
    damp = cycling(1_150.0 + 10 * panel, on_minutes=6 + panel, every_minutes=23)
    light = daily(640.0 + 20 * panel, at=17.5, hours=13.0)
    number = LOOMS_A_PANEL + 1
    yield _circuit(number, f"Hall {hall + 1} Humidifier {panel + 1}", _HUMIDIFIER, damp)
    yield _circuit(number + 1, f"Hall {hall + 1} Lights {panel + 1}", _LIGHTS, light)


def _circuit(number: int, name: str, type_gid: int, load: Load) -> Circuit:
    """One load each: what is polled once a second has to be cheap."""
    return Circuit(number=str(number), name=name, type_gid=type_gid, loads=(load,))


def _weaving(hall: int, loom: int) -> Load:
    """A loom, day and night; each stops for a torn thread at its own time, and draws nothing."""
    every_minutes = 31 + (7 * loom + 3 * hall) % 29
    return cycling(
        1_800.0 + (53 * loom + 131 * hall) % 900,
        on_minutes=every_minutes - 2 - loom % 3,
        every_minutes=every_minutes,
        begins_minutes=11 * loom % every_minutes,
    )
