"""The second customer's home: three phases in Berlin, a roof that exports, a battery, a merged
heat pump and a sub-panel with a monitor and a plug of its own."""

from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Battery, Circuit, Device, Part
from adapters.emporia_simulator.homes.energy.loads import always_on, cycling, daily

_CALENDAR = HomeCalendar(ZoneInfo("Europe/Berlin"), billing_day=31)
_CENTS_PER_KWH = 31.0
_VOLTS = 230.0
_LEG_SHARES = (0.4, 0.35, 0.25)
_MIDSUMMER, _MIDWINTER = 172, 20
_COOKING = (1.0, 0.7, 1.1, 0.9, 0.6, 1.3, 1.2)
_WASHING = (1.0, 0.0, 1.0, 0.0, 0.0, 1.2, 0.8)
_WEATHER = (1.0, 0.85, 0.4, 0.95, 0.7, 1.0, 0.25, 0.9, 0.6, 1.05, 0.8)

_CIRCUITS = (
    Circuit(
        number="1", name="Solar", type_gid=13, type="FiftyAmpBidirectional", part=Part.SUN,
        loads=(
            always_on(3.0, every=3_307, ripples=71),
            daily(-6_800.0, at=5.5, hours=14.0, bell=True, rhythm=_WEATHER, season=0.45,
                  season_peak_day=_MIDSUMMER),
        ),
    ),
    Circuit(
        number="2", name="Fridge", type_gid=10,
        loads=(
            always_on(3.0, every=3_413, ripples=79),
            cycling(110.0, on_minutes=15, every_minutes=48),
        ),
    ),
    Circuit(
        number="3", name="Kitchen", type_gid=16,
        loads=(
            always_on(9.0, every=3_517, ripples=67),
            daily(2_300.0, at=18.0, hours=1.25, bell=True, rhythm=_COOKING),
        ),
    ),
    Circuit(
        number="4", name="Heat Pump A", type_gid=24, merged_into="97",
        loads=(
            always_on(12.0, every=2_711, ripples=61),
            daily(900.0, at=3.0, hours=8.0, bell=True, season=0.8, season_peak_day=_MIDWINTER),
        ),
    ),
    Circuit(
        number="5", name="Heat Pump B", type_gid=24, merged_into="97",
        loads=(
            always_on(11.0, every=2_909, ripples=59),
            daily(850.0, at=3.0, hours=8.0, bell=True, season=0.8, season_peak_day=_MIDWINTER),
        ),
    ),
    Circuit(
        number="6", name="Washing Machine", type_gid=5,
        loads=(
            always_on(1.2, every=3_001, ripples=53),
            daily(1_500.0, at=11.0, hours=1.2, bell=True, rhythm=_WASHING),
        ),
    ),
    Circuit(
        number="7", name="Workshop", type_gid=21,
        loads=(always_on(5.0, every=2_803, ripples=47),),
    ),
    Circuit(
        number="8", name="Battery", type_gid=2, type="FiftyAmpBidirectional",
        part=Part.BATTERY,
        loads=(always_on(2.0, every=3_109, ripples=73),),
    ),
    Circuit(number="97", name="Heat Pump", type_gid=24, type="Merged"),
)  # fmt: skip

_WORKSHOP_PLUG = Device(
    gid=2004,
    serial="B2212A4FCC0D9F5A0C44",
    model="SSO001",
    firmware="Outlet-488",
    name="3D Printer",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    volts=_VOLTS,
    parent_channel="2",
    outlet_load_gid=60_004,
    loads=(
        always_on(6.0, every=1_999, ripples=51),
        daily(140.0, at=14.0, hours=5.0, rhythm=(1.0, 0.0, 1.0)),
    ),
)

_WORKSHOP_PANEL = Device(
    gid=2002,
    serial="A2206A04B4AC67B0F2E8",
    model="VUE002",
    firmware="Vue2-434",
    name="Workshop",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    volts=_VOLTS,
    parent_channel="7",
    leg_shares=_LEG_SHARES,
    expansion_serial="SX0206A04B4AC67B0F2E",
    loads=(always_on(18.0, every=2_617, ripples=57),),
    circuits=(
        Circuit(
            number="1",
            name="Compressor",
            type_gid=19,
            loads=(
                always_on(2.0, every=2_531, ripples=63),
                cycling(640.0, on_minutes=4, every_minutes=83),
            ),
        ),
        Circuit(
            number="2",
            name="Sockets",
            type_gid=12,
            loads=(
                always_on(4.0, every=2_423, ripples=41),
                daily(350.0, at=9.0, hours=7.0, bell=True),
            ),
        ),
        Circuit(number="3"),
    ),
    nested=(_WORKSHOP_PLUG,),
)

_BATTERY = Device(
    gid=2003,
    serial="S2306A04B4AC67B0F2F9",
    model="BAT001",
    firmware="Battery-101",
    name="Battery",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    volts=_VOLTS,
    parent_channel="8",
    battery=Battery(capacity_kwh=10.0, reserve_percent=10.0),
    loads=(
        daily(2_600.0, at=9.0, hours=6.0, bell=True),
        daily(-3_120.0, at=18.0, hours=5.0, bell=True),
    ),
)

_VUE = Device(
    gid=2001,
    serial="F2306A04B4AC67B0F2A1",
    model="VUE003",
    firmware="Vue3-102",
    name="Haus",
    calendar=_CALENDAR,
    cents_per_kwh=_CENTS_PER_KWH,
    volts=_VOLTS,
    leg_shares=_LEG_SHARES,
    expansion_serial="SX0306A04B4AC67B0F2A",
    solar=True,
    loads=(
        always_on(160.0, every=3_571, ripples=83, ripple=0.06),
        daily(300.0, at=16.0, hours=7.5, bell=True),
    ),
    circuits=_CIRCUITS,
    nested=(_WORKSHOP_PANEL, _BATTERY),
)

SOLAR_HOME = (_VUE,)
