"""The mill: many circuits that differ, and cost little."""

import subprocess
import sys
import time
from datetime import UTC, datetime

from adapters.emporia_simulator.device_api.usages import device_list_usages
from adapters.emporia_simulator.homes.energy.buckets import Scale
from adapters.emporia_simulator.homes.energy.devices import BALANCE, MAINS
from adapters.emporia_simulator.homes.energy.meter import EnergyUnit, Meter
from adapters.emporia_simulator.homes.mill import mill

NOW = int(datetime(2026, 11, 24, 17, 10, 42, tzinfo=UTC).timestamp())
CIRCUITS = [(panel, circuit) for panel in mill() for circuit in panel.circuits]


def test_it_has_a_thousand_circuits_on_three_phases() -> None:
    assert len(CIRCUITS) == 1_008
    assert {(len(panel.circuits), len(panel.leg_shares)) for panel in mill()} == {(16, 3)}


def test_no_two_circuits_or_panels_have_one_name() -> None:
    names = [circuit.name for _, circuit in CIRCUITS] + [panel.name for panel in mill()]
    assert len(set(names)) == len(names)
    assert {"Hall 3 Loom 12", "Hall 7 Lights 9", "Hall 1 Panel 1"} <= set(names)


def test_at_any_second_most_looms_weave_and_some_stand_still() -> None:
    drawn = [panel.kwh(circuit.number, NOW, NOW + 1) for panel, circuit in CIRCUITS]
    assert 700 < sum(kwh * 3_600_000 > 1_000 for kwh in drawn) < 1_000
    assert sum(kwh == 0 for kwh in drawn) > 20


def test_what_no_circuit_sees_is_small() -> None:
    panel = mill()[40]
    hour = (NOW - 3_600, NOW)
    assert 0 < panel.kwh(BALANCE, *hour) < 0.01 * panel.kwh(MAINS, *hour)


def test_a_poll_a_second_leaves_most_of_the_second() -> None:
    meter = Meter(now=NOW, published_until=NOW, scale=Scale.SECOND, unit=EnergyUnit.KILOWATT_HOURS)
    device_list_usages(meter, mill(), instant=NOW)
    began = time.thread_time()
    device_list_usages(meter, mill(), instant=NOW)
    assert time.thread_time() - began < 0.25


def test_it_is_not_built_where_nobody_asks_for_it() -> None:
    look = (
        "from adapters.emporia_simulator.homes import customers;"
        "customers.CUSTOMERS[0].devices; print(customers.mill.cache_info().currsize)"
    )
    built = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", look], capture_output=True, text=True, check=True
    )
    assert built.stdout == "0\n"
