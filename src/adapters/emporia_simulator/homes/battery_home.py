"""A home with a roof and a battery that are clamped as circuits: the sun charges the battery by
day, at night it feeds the home, and sells from 23:00 on. In Arizona the clock never changes."""

from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Address, Circuit, Device, Part
from adapters.emporia_simulator.homes.energy.loads import daily, steady

_PANEL = Device(
    gid=6001,
    serial="A2406A04B4AC67B20001",
    model="VUE002",
    firmware="Vue2-434",
    name="Desert House",
    calendar=HomeCalendar(ZoneInfo("America/Phoenix")),
    cents_per_kwh=13.0,
    address=Address(zip_code="85001", latitude=33.45, longitude=-112.07),
    expansion_serial="SX2406A04B4AC67B20001",
    solar=True,
    loads=(steady(250.0),),
    circuits=(
        Circuit(
            number="1",
            name="Solar",
            type_gid=13,
            type="FiftyAmpBidirectional",
            part=Part.SUN,
            loads=(daily(-5_000.0, at=6.5, hours=11.0, bell=True, ripple=0.0),),
        ),
        Circuit(
            number="2",
            name="Battery",
            type_gid=2,
            type="FiftyAmpBidirectional",
            part=Part.BATTERY,
            loads=(
                daily(2_600.0, at=10.0, hours=4.0, ripple=0.0),
                daily(-750.0, at=18.0, hours=5.0, ripple=0.0),
                daily(-2_610.0, at=23.0, hours=2.5, ripple=0.0),
            ),
        ),
        Circuit(number="3", name="Air Conditioning", type_gid=1, loads=(steady(400.0),)),
        Circuit(number="4", name="Kitchen", type_gid=16, loads=(steady(150.0),)),
    ),
)

BATTERY_HOME = (_PANEL,)
