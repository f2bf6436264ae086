"""The first customer's home: a family house near New York with a full Vue, a plug, an EV charger
and one plug that has been offline for a while."""

from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Charger, Circuit, Device
from adapters.emporia_simulator.homes.energy.loads import always_on, cycling, daily

_CALENDAR = HomeCalendar(ZoneInfo("America/New_York"), billing_day=5)
_CENTS_PER_KWH = 17.5
_MIDSUMMER, _MIDWINTER = 200, 15
_COOKING = (1.0, 0.8, 1.1, 0.9, 0.6, 1.3, 1.2)

_CIRCUITS = (
    Circuit(
        number="1", name="Fridge", type_gid=10,
        loads=(
            always_on(4.0, every=3_307, ripples=71),
            cycling(135.0, on_minutes=17, every_minutes=46),
        ),
    ),
    Circuit(
        number="2", name="Range", type_gid=7, multiplier=2.0,
        loads=(
            always_on(3.0, every=3_413, ripples=79),
            daily(1_150.0, at=7.0, hours=0.5, bell=True),
            daily(3_400.0, at=17.75, hours=1.5, bell=True, rhythm=_COOKING),
        ),
    ),
    Circuit(
        number="3", name="Heat Pump", type_gid=24, type="FiftyAmpBidirectional", multiplier=2.0,
        loads=(
            always_on(22.0, every=3_517, ripples=67),
            cycling(950.0, on_minutes=14, every_minutes=52, begins_minutes=9),
            daily(1_900.0, at=4.5, hours=6.0, bell=True, season=0.7, season_peak_day=_MIDWINTER),
            daily(1_700.0, at=13.0, hours=9.0, bell=True, season=0.6, season_peak_day=_MIDSUMMER),
        ),
    ),
    Circuit(
        number="4", name="Office", type_gid=6,
        loads=(
            always_on(48.0, every=2_711, ripples=61),
            daily(180.0, at=8.5, hours=9.0, rhythm=(1.0, 1.0, 1.0, 1.0, 0.9, 0.2, 0.1)),
        ),
    ),
    Circuit(
        number="5", name="Water Heater", type_gid=22, multiplier=2.0,
        loads=(
            always_on(2.0, every=2_909, ripples=59),
            cycling(480.0, on_minutes=9, every_minutes=118, begins_minutes=31),
            daily(4_300.0, at=6.25, hours=0.75),
            daily(4_300.0, at=21.0, hours=0.5),
        ),
    ),
    Circuit(
        number="6", name="Clothes Dryer", type_gid=4, multiplier=2.0,
        loads=(
            always_on(1.5, every=3_001, ripples=53),
            daily(4_800.0, at=19.5, hours=0.9, rhythm=(0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0)),
        ),
    ),
    Circuit(
        number="7", name="Dishwasher", type_gid=8,
        loads=(
            always_on(1.2, every=2_803, ripples=47),
            daily(1_250.0, at=20.25, hours=1.1, bell=True, rhythm=(1.0, 0.9, 1.0, 0.0, 1.1)),
        ),
    ),
    Circuit(
        number="8", name="Living Room", type_gid=20,
        loads=(
            always_on(35.0, every=3_109, ripples=73),
            daily(240.0, at=16.5, hours=7.0, bell=True),
        ),
    ),
    Circuit(
        number="9", name="Garage", type_gid=12, multiplier=2.0,
        loads=(always_on(9.0, every=3_203, ripples=43),),
    ),
    Circuit(
        number="10", name="Lights", type_gid=26,
        loads=(
            always_on(14.0, every=2_617, ripples=57),
            daily(160.0, at=6.0, hours=2.5, bell=True, season=0.4),
            daily(320.0, at=16.0, hours=8.0, bell=True, season=0.4),
        ),
    ),
    Circuit(
        number="11", name="Freezer", type_gid=10,
        loads=(
            always_on(2.5, every=2_531, ripples=63),
            cycling(95.0, on_minutes=22, every_minutes=61, begins_minutes=5),
        ),
    ),
    Circuit(
        number="12", name="Microwave", type_gid=17,
        loads=(
            always_on(3.0, every=2_423, ripples=41),
            daily(1_400.0, at=7.5, hours=0.1),
            daily(1_400.0, at=12.4, hours=0.15),
            daily(1_400.0, at=18.5, hours=0.12),
        ),
    ),
    Circuit(
        number="13", name="Well Pump", type_gid=19, multiplier=2.0,
        loads=(
            always_on(1.0, every=2_339, ripples=37),
            cycling(820.0, on_minutes=3, every_minutes=37, begins_minutes=2),
        ),
    ),
    Circuit(
        number="14", name="Dehumidifier", type_gid=15,
        loads=(
            always_on(1.8, every=2_251, ripples=39),
            daily(310.0, at=10.0, hours=8.0, season=0.8, season_peak_day=_MIDSUMMER),
        ),
    ),
    Circuit(number="15"),
    Circuit(number="16"),
)  # fmt: skip

_DESK_PLUG = Device(
    gid=1002,
    serial="B2112A4FCC0D9F5A0B21",
    model="SSO001",
    firmware="Outlet-488",
    name="Desk",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    parent_channel="4",
    outlet_load_gid=50_002,
    loads=(
        always_on(11.0, every=1_999, ripples=51),
        daily(95.0, at=8.75, hours=8.5, rhythm=(1.0, 0.9, 1.1, 1.0, 0.8, 0.3, 0.1)),
    ),
)

_EV_CHARGER = Device(
    gid=1003,
    serial="D2209A4FCC0D9F5A0B33",
    model="VVDN01",
    firmware="EVCharger-812",
    name="EV Charger",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    parent_channel="9",
    charger=Charger(load_gid=50_003),
    loads=(
        always_on(4.5, every=1_901, ripples=49),
        daily(7_200.0, at=23.5, hours=4.5, rhythm=(1.0, 0.0, 0.8, 1.0, 0.0, 1.0, 0.6)),
    ),
)

_VUE = Device(
    gid=1001,
    serial="A2106A04B4AC67B0F2D7",
    model="VUE002",
    firmware="Vue2-434",
    name="Home",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    expansion_serial="SX0106A04B4AC67B0F2D",
    loads=(
        always_on(130.0, every=3_571, ripples=83, ripple=0.06),
        always_on(70.0, every=1_777, ripples=97, ripple=0.05),
        daily(260.0, at=15.0, hours=8.5, bell=True),
    ),
    circuits=_CIRCUITS,
    nested=(_DESK_PLUG, _EV_CHARGER),
)

_OFFLINE_PLUG = Device(
    gid=1004,
    serial="B2112A4FCC0D9F5A0B44",
    model="SSO001",
    firmware="Outlet-488",
    name="Aquarium",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    outlet_load_gid=50_004,
    connected=False,
)

FIRST_HOME = (_VUE, _OFFLINE_PLUG)
