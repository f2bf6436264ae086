"""A home with three years behind it and eighteen series: a panel's mains, its sixteen circuits and
a plug. Before it was installed nothing is known, so its history has a beginning."""

from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import DAY_SECONDS, HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Address, Circuit, Device
from adapters.emporia_simulator.homes.energy.loads import Load, always_on, cycling, daily

INSTALLED_BEFORE_START_SECONDS = 3 * 365 * DAY_SECONDS

_CALENDAR = HomeCalendar(ZoneInfo("America/Chicago"), billing_day=12)
_ADDRESS = Address(zip_code="53703", latitude=43.07, longitude=-89.38)
_CENTS_PER_KWH = 16.5
_MIDSUMMER, _MIDWINTER = 200, 15
_WEEK = (1.0, 0.8, 1.1, 0.9, 0.6, 1.3, 1.2)
_SOME_DAYS = (0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0)

_LOADS: dict[str, tuple[int, tuple[Load, ...]]] = {
    "Fridge": (10, (cycling(130.0, on_minutes=18, every_minutes=47),)),
    "Freezer": (10, (cycling(90.0, on_minutes=23, every_minutes=64, begins_minutes=5),)),
    "Range": (7, (daily(3_100.0, at=17.75, hours=1.25, bell=True, rhythm=_WEEK),)),
    "Dishwasher": (8, (daily(1_200.0, at=20.5, hours=1.0, bell=True, rhythm=_SOME_DAYS),)),
    "Washer": (5, (daily(450.0, at=10.0, hours=1.0, rhythm=_SOME_DAYS),)),
    "Dryer": (4, (daily(4_600.0, at=11.25, hours=0.9, rhythm=_SOME_DAYS),)),
    "Water Heater": (22, (cycling(4_200.0, on_minutes=8, every_minutes=173),)),
    "Furnace": (
        11,
        (
            always_on(7.0, every=3_517, ripples=67),
            daily(620.0, at=4.5, hours=7.0, season=0.9, season_peak_day=_MIDWINTER),
        ),
    ),
    "Air Conditioning": (
        1,
        (daily(2_400.0, at=12.0, hours=10.0, bell=True, season=0.95, season_peak_day=_MIDSUMMER),),
    ),
    "Office": (6, (always_on(40.0, every=2_711, ripples=61), daily(140.0, at=8.5, hours=9.0))),
    "Network": (6, (always_on(24.0, every=3_203, ripples=43),)),
    "Living Room": (20, (always_on(16.0), daily(210.0, at=17.0, hours=6.0, bell=True))),
    "Bedrooms": (20, (always_on(8.0, every=3_109, ripples=73),)),
    "Lights": (26, (daily(290.0, at=16.0, hours=8.0, bell=True, season=0.4),)),
    "Well Pump": (19, (cycling(800.0, on_minutes=3, every_minutes=41),)),
    "Sump Pump": (19, (cycling(380.0, on_minutes=2, every_minutes=233, begins_minutes=17),)),
}

_PLUG = Device(
    gid=6902,
    serial="B2312A4FCC0D9F5A6902",
    model="SSO001",
    firmware="Outlet-488",
    name="Aquarium",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    address=_ADDRESS,
    parent_channel="12",
    outlet_load_gid=66_902,
    installed_before_start_seconds=INSTALLED_BEFORE_START_SECONDS,
    loads=(cycling(55.0, on_minutes=12, every_minutes=31), always_on(9.0, every=2_339, ripples=37)),
)

_PANEL = Device(
    gid=6901,
    serial="F2311A04B4AC67B26901",
    model="VUE003",
    firmware="Vue3-102",
    name="House",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    address=_ADDRESS,
    expansion_serial="SX2311A04B4AC67B26901",
    installed_before_start_seconds=INSTALLED_BEFORE_START_SECONDS,
    loads=(always_on(70.0, every=3_571, ripples=83),),
    circuits=tuple(
        Circuit(number=str(number), name=name, type_gid=type_gid, loads=loads)
        for number, (name, (type_gid, loads)) in enumerate(_LOADS.items(), start=1)
    ),
    nested=(_PLUG,),
)

YEARS_HOME = (_PANEL,)
