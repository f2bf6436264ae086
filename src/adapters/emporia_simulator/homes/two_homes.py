"""Two homes in one account, a flat in Lisbon and a cabin in Anchorage, whose days begin nine hours
apart: what belongs to which must not be mixed up."""

from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Address, Circuit, Device
from adapters.emporia_simulator.homes.energy.loads import steady

_FLAT = Device(
    gid=6801,
    serial="A2406A04B4AC67B26801",
    model="VUE002",
    firmware="Vue2-434",
    name="Flat in Lisbon",
    calendar=HomeCalendar(ZoneInfo("Europe/Lisbon")),
    cents_per_kwh=24.0,
    address=Address(zip_code="1100-148", latitude=38.71, longitude=-9.14),
    volts=230.0,
    leg_shares=(1.0,),
    expansion_serial="SX2406A04B4AC67B26801",
    loads=(steady(60.0),),
    circuits=(
        Circuit(number="1", name="Kitchen", type_gid=16, loads=(steady(350.0),)),
        Circuit(number="2", name="Office", type_gid=18, loads=(steady(120.0),)),
    ),
)

_CABIN = Device(
    gid=6802,
    serial="A2406A04B4AC67B26802",
    model="VUE002",
    firmware="Vue2-434",
    name="Cabin in Anchorage",
    calendar=HomeCalendar(ZoneInfo("America/Anchorage")),
    cents_per_kwh=26.0,
    address=Address(zip_code="99501", latitude=61.22, longitude=-149.9),
    expansion_serial="SX2406A04B4AC67B26802",
    loads=(steady(40.0),),
    circuits=(
        Circuit(number="1", name="Heating", type_gid=24, loads=(steady(1_800.0),)),
        Circuit(number="2", name="Well Pump", type_gid=19, loads=(steady(220.0),)),
    ),
)

TWO_HOMES = (_FLAT, _CABIN)
