"""The mill: many circuits that differ, and cost little."""

import subprocess
import sys
from datetime import UTC, datetime

from adapters.emporia_simulator.homes.energy.devices import BALANCE, MAINS
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


def test_it_is_not_built_where_nobody_asks_for_it() -> None:
    look = (
        "from adapters.emporia_simulator.homes import customers;"
        "customers.CUSTOMERS[0].devices; print(customers.mill.cache_info().currsize)"
    )
    built = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", look], capture_output=True, text=True, check=True
    )
    assert built.stdout == "0\n"
