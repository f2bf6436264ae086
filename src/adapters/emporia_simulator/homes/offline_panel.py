"""A home whose panel has lost its connection, beside a plug that still tells its 40 W."""

from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Address, Circuit, Device
from adapters.emporia_simulator.homes.energy.loads import steady
from adapters.emporia_simulator.homes.energy.plugs import plug

_CALENDAR = HomeCalendar(ZoneInfo("America/Chicago"))
_ADDRESS = Address(zip_code="60601", latitude=41.89, longitude=-87.62)
_CENTS_PER_KWH = 16.0

_PLUG = plug(
    6102,
    "Router",
    40.0,
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    address=_ADDRESS,
)

_PANEL = Device(
    gid=6101,
    serial="A2406A04B4AC67B26101",
    model="VUE002",
    firmware="Vue2-434",
    name="Silent Panel",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    address=_ADDRESS,
    expansion_serial="SX2406A04B4AC67B26101",
    connected=False,
    loads=(steady(200.0),),
    circuits=(
        Circuit(number="1", name="Kitchen", type_gid=16, loads=(steady(300.0),)),
        Circuit(number="2", name="Lights", type_gid=26, loads=(steady(100.0),)),
    ),
    feeds=(_PLUG,),
)

OFFLINE_PANEL = (_PANEL, _PLUG)
