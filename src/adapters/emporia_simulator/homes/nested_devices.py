"""A home with devices nested under circuits: a plug, a battery, a plug that claims more than its
circuit's clamp shows; and a clamp that shows too much, which makes the Balance negative."""

from functools import partial
from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Address, Battery, Circuit, Device
from adapters.emporia_simulator.homes.energy.loads import daily, steady
from adapters.emporia_simulator.homes.energy.plugs import plug

_CALENDAR = HomeCalendar(ZoneInfo("America/Halifax"))
_ADDRESS = Address(zip_code="B3H 1X1", latitude=44.64, longitude=-63.58)
_CENTS_PER_KWH = 18.0


_plug = partial(plug, calendar=_CALENDAR, cents_per_kwh=_CENTS_PER_KWH, address=_ADDRESS)

_BATTERY = Device(
    gid=6503,
    serial="S2406A04B4AC67B26503",
    model="BAT001",
    firmware="Battery-101",
    name="Garage Battery",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    address=_ADDRESS,
    parent_channel="2",
    battery=Battery(capacity_kwh=31.0, reserve_percent=10.0),
    loads=(
        daily(2_278.0, at=0.0, hours=12.0, ripple=0.0),
        daily(-2_278.0, at=12.0, hours=12.0, ripple=0.0),
    ),
)

_PANEL = Device(
    gid=6501,
    serial="A2406A04B4AC67B26501",
    model="VUE002",
    firmware="Vue2-434",
    name="Harbour House",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    address=_ADDRESS,
    expansion_serial="SX2406A04B4AC67B26501",
    loads=(steady(10.0),),
    circuits=(
        Circuit(number="1", name="Office", type_gid=20, loads=(steady(150.0),)),
        Circuit(number="2", name="Garage", type_gid=12, loads=(steady(30.0),)),
        Circuit(number="3", name="Media", type_gid=20, clamp_shows=0.95),
        Circuit(
            number="4", name="Fridge", type_gid=10, clamp_shows=1.25, loads=(steady(120.0),)
        ),
    ),
    nested=(
        _plug(6502, "Computer", 100.0, circuit="1"),
        _BATTERY,
        _plug(6504, "Projector", 60.0, circuit="3"),
    ),
)  # fmt: skip

NESTED_DEVICES = (_PANEL,)
