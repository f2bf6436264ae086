"""A home whose monitor has clamps on two circuits and none on the mains, which therefore show 0."""

from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Address, Circuit, Device
from adapters.emporia_simulator.homes.energy.loads import steady

_PANEL = Device(
    gid=6401,
    serial="A2406A04B4AC67B26401",
    model="VUE002",
    firmware="Vue2-434",
    name="Rented Flat",
    calendar=HomeCalendar(ZoneInfo("America/Toronto")),
    cents_per_kwh=12.0,
    address=Address(zip_code="M5H 2N2", latitude=43.65, longitude=-79.38),
    expansion_serial="SX2406A04B4AC67B26401",
    mains_clamp_shows=0.0,
    loads=(steady(120.0),),
    circuits=(
        Circuit(number="1", name="Kitchen", type_gid=16, loads=(steady(300.0),)),
        Circuit(number="2", name="Bedroom", type_gid=20, loads=(steady(200.0),)),
        Circuit(number="3"),
    ),
)

NO_MAINS = (_PANEL,)
