"""A home with three panels, each with a feed of its own: one account, one zone, one address."""

from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Address, Circuit, Device
from adapters.emporia_simulator.homes.energy.loads import steady

_CALENDAR = HomeCalendar(ZoneInfo("Europe/Madrid"))
_ADDRESS = Address(zip_code="28013", latitude=40.42, longitude=-3.7)


def _panel(gid: int, name: str, *, unseen_watts: float, circuits: dict[str, float]) -> Device:
    return Device(
        gid=gid,
        serial=f"A2406A04B4AC67B2{gid}",
        model="VUE002",
        firmware="Vue2-434",
        name=name,
        calendar=_CALENDAR,
        cents_per_kwh=22.0,
        address=_ADDRESS,
        volts=230.0,
        leg_shares=(1.0,),
        expansion_serial=f"SX2406A04B4AC67B2{gid}",
        loads=(steady(unseen_watts),),
        circuits=tuple(
            Circuit(number=str(number), name=circuit, type_gid=18, loads=(steady(watts),))
            for number, (circuit, watts) in enumerate(circuits.items(), start=1)
        ),
    )


THREE_PANELS = (
    _panel(6601, "House", unseen_watts=200.0, circuits={"Kitchen": 900.0, "Bedrooms": 400.0}),
    _panel(6602, "Annex", unseen_watts=100.0, circuits={"Studio": 500.0, "Bath": 200.0}),
    _panel(6603, "Workshop", unseen_watts=50.0, circuits={"Lathe": 300.0, "Lights": 100.0}),
)
