"""A guest house with forty devices: a panel on each of four floors, and nine plugs nested under its
circuits, one a room. More than fits into a day's requests if each is read like the only one."""

from functools import cache
from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Address, Circuit, Device
from adapters.emporia_simulator.homes.energy.loads import steady
from adapters.emporia_simulator.homes.energy.plugs import plug

FLOORS = 4
ROOMS_A_FLOOR = 9

_FIRST_GID = 7001
_CALENDAR = HomeCalendar(ZoneInfo("Europe/London"))
_ADDRESS = Address(zip_code="YO1 7HH", latitude=53.96, longitude=-1.08)
_CENTS_PER_KWH = 34.0


@cache
def forty_devices() -> tuple[Device, ...]:
    """The panels; built for the first who asks."""
    return tuple(_floor(floor) for floor in range(FLOORS))


def _floor(floor: int) -> Device:
    gid = _FIRST_GID + floor * (1 + ROOMS_A_FLOOR)
    rooms = range(1, ROOMS_A_FLOOR + 1)
    return Device(
        gid=gid,
        serial=f"A2406A04B4AC67B2{gid}",
        model="VUE002",
        firmware="Vue2-434",
        name=f"Floor {floor}",
        calendar=_CALENDAR,
        cents_per_kwh=_CENTS_PER_KWH,
        address=_ADDRESS,
        volts=230.0,
        leg_shares=(1.0,),
        expansion_serial=f"SX2406A04B4AC67B2{gid}",
        loads=(steady(40.0 + 5.0 * floor),),
        circuits=tuple(
            Circuit(
                number=str(room),
                name=f"Room {floor}{room}",
                type_gid=20,
                loads=(steady(60.0 + 10.0 * room),),
            )
            for room in rooms
        ),
        nested=tuple(
            plug(
                gid + room,
                f"Minibar {floor}{room}",
                20.0 + room,
                circuit=str(room),
                calendar=_CALENDAR,
                cents_per_kwh=_CENTS_PER_KWH,
                address=_ADDRESS,
            )
            for room in rooms
        ),
    )
