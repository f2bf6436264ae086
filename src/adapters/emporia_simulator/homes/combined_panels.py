"""A panel with more circuits than one monitor takes: the second monitor has no mains clamps, and
its circuits are fed by the mains of the first.

Assumed: nobody has published what the cloud answers for the second. Here its mains are 0, and each
monitor's Balance is of its own mains and circuits, so that the two together are the panel's. The
fields `combinedVue` and `primaryVueGid` were seen in answers of the live API.
"""

from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Address, Circuit, Device
from adapters.emporia_simulator.homes.energy.loads import steady

_CALENDAR = HomeCalendar(ZoneInfo("America/Denver"))
_ADDRESS = Address(zip_code="80202", latitude=39.75, longitude=-104.99)
_CENTS_PER_KWH = 14.0

_SECOND = Device(
    gid=6302,
    serial="F2406A04B4AC67B26302",
    model="VUE003",
    firmware="Vue3-102",
    name="Panel, lower half",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    address=_ADDRESS,
    expansion_serial="SX2406A04B4AC67B26302",
    mains_clamp_shows=0.0,
    primary_gid=6301,
    combined=True,
    circuits=(
        Circuit(number="1", name="Dryer", type_gid=4, loads=(steady(700.0),)),
        Circuit(number="2", name="Basement", type_gid=20, loads=(steady(250.0),)),
    ),
)

_FIRST = Device(
    gid=6301,
    serial="F2406A04B4AC67B26301",
    model="VUE003",
    firmware="Vue3-102",
    name="Panel, upper half",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    address=_ADDRESS,
    expansion_serial="SX2406A04B4AC67B26301",
    combined=True,
    loads=(steady(150.0),),
    circuits=(
        Circuit(number="1", name="Heat Pump", type_gid=24, loads=(steady(1_200.0),)),
        Circuit(number="2", name="Kitchen", type_gid=16, loads=(steady(300.0),)),
    ),
    feeds=(_SECOND,),
)

COMBINED_PANELS = (_FIRST, _SECOND)
