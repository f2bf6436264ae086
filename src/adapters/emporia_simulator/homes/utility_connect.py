"""A home that reads its utility's meter: a Utility Connect has one channel, whose 3,000 W hold the
400 W of four plugs that stand beside it."""

from functools import partial
from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Address, Device
from adapters.emporia_simulator.homes.energy.loads import steady
from adapters.emporia_simulator.homes.energy.plugs import plug

_CALENDAR = HomeCalendar(ZoneInfo("America/Los_Angeles"))
_ADDRESS = Address(zip_code="94103", latitude=37.77, longitude=-122.41)
_CENTS_PER_KWH = 38.0


_plug = partial(plug, calendar=_CALENDAR, cents_per_kwh=_CENTS_PER_KWH, address=_ADDRESS)

_PLUGS = (
    _plug(6202, "Television", 100.0),
    _plug(6203, "Desk", 60.0),
    _plug(6204, "Lamp", 40.0),
    _plug(6205, "Dehumidifier", 200.0),
)

_METER = Device(
    gid=6201,
    serial="Z2406A04B4AC67B26201",
    # Assumed: nobody has published its model. Clients go by the first letter of the serial.
    model="ZIG001",
    firmware="UtilityConnect-21",
    name="Utility Meter",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    address=_ADDRESS,
    loads=(steady(2_600.0),),
    feeds=_PLUGS,
)

UTILITY_CONNECT = (_METER, *_PLUGS)
