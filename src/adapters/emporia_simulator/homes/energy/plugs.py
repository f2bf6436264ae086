"""Plugs, which are alike but for what they feed."""

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.devices import Address, Device
from adapters.emporia_simulator.homes.energy.loads import steady


def plug(
    gid: int,
    name: str,
    watts: float,
    *,
    circuit: str | None = None,
    calendar: HomeCalendar,
    cents_per_kwh: float,
    address: Address,
) -> Device:
    """A plug that feeds a steady load, nested under a circuit where one is named."""
    return Device(
        gid=gid,
        serial=f"B2412A4FCC0D9F5A{gid}",
        model="SSO001",
        firmware="Outlet-488",
        name=name,
        calendar=calendar,
        cents_per_kwh=cents_per_kwh,
        address=address,
        parent_channel=circuit,
        outlet_load_gid=60_000 + gid,
        loads=(steady(watts),),
    )
