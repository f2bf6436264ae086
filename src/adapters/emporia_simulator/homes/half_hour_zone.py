"""A home in Kolkata, whose days begin at 18:30 UTC; its water heater runs from local midnight to
half past, so that a day or an hour cut at the wrong place shows."""

from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Address, Circuit, Device
from adapters.emporia_simulator.homes.energy.loads import daily, steady

_PANEL = Device(
    gid=6701,
    serial="A2406A04B4AC67B26701",
    model="VUE002",
    firmware="Vue2-434",
    name="Flat in Kolkata",
    calendar=HomeCalendar(ZoneInfo("Asia/Kolkata")),
    cents_per_kwh=9.0,
    address=Address(zip_code="700001", latitude=22.57, longitude=88.35),
    volts=230.0,
    leg_shares=(1.0,),
    expansion_serial="SX2406A04B4AC67B26701",
    loads=(steady(90.0),),
    circuits=(
        Circuit(number="1", name="Fans", type_gid=18, loads=(steady(250.0),)),
        Circuit(number="2", name="Kitchen", type_gid=16, loads=(steady(300.0),)),
        Circuit(
            number="3",
            name="Water Heater",
            type_gid=22,
            loads=(daily(1_500.0, at=0.0, hours=0.5, ripple=0.0),),
        ),
    ),
)

HALF_HOUR_ZONE = (_PANEL,)
