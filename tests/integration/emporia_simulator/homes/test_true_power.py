"""What really flows in each home, and what its devices measure of it."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.emporia_simulator.homes.customers import CUSTOMERS, Customer
from adapters.emporia_simulator.homes.energy.devices import MAINS, Address, Part
from adapters.emporia_simulator.homes.energy.true_power import TruePower, true_power

OPERATIONS = Path(__file__).parents[4] / "docs/operations.md"
ROW = re.compile(
    r"^\| (\S+@example\.com) \| ([^|]+) \| (\S+Z) \| (\S+) \| (\S+) \| (\S+) \| (\S+) \|$",
    re.MULTILINE,
)
BY_EMAIL = {customer.email: customer for customer in CUSTOMERS}
SEEN_WHOLE = ["home", "solar", "battery", "utility", "combined", "nested", "panels", "kolkata"]

moments = st.integers(1_700_000_000, 1_900_000_000)
seen_whole = st.sampled_from([BY_EMAIL[f"{name}@example.com"] for name in SEEN_WHOLE])


def power_at(customer: Customer, at: str, name: str = "") -> TruePower:
    """In the customer's home, or in that of their homes which has this name."""
    end = int(datetime.fromisoformat(at).timestamp())
    homes = customer.homes()
    (home,) = [home for home in homes if len(homes) == 1 or home[0].name == name]
    return true_power(home, end - 1, end)


def documented() -> list[tuple[str, ...]]:
    return ROW.findall(OPERATIONS.read_text())


def test_the_documentation_tells_of_every_home_with_known_figures() -> None:
    told = {email for email, *_ in documented()}
    assert told == {customer.email for customer in CUSTOMERS if customer.gid >= 106}


@pytest.mark.parametrize("row", documented(), ids=lambda row: f"{row[0]} {row[2]}")
def test_the_figures_of_the_documentation_are_true(row: tuple[str, ...]) -> None:
    email, special, at, *figures = row
    power = power_at(BY_EMAIL[email], at, special)
    told = (power.home_watts, power.grid_watts, power.solar_watts, power.battery_watts)
    assert [round(watts) for watts in told] == [int(text.replace(",", "")) for text in figures]


@settings(max_examples=60, deadline=None)
@given(seen_whole, moments, st.integers(1, 100_000))
def test_the_mains_measure_what_comes_from_the_grid(
    customer: Customer, start: int, seconds: int
) -> None:
    end = start + seconds
    (home,) = customer.homes()
    fed = {below.gid for device in home for below in device.feeds}
    mains = [device.kwh(MAINS, start, end) for device in home if device.gid not in fed]
    grid_kwh = true_power(home, start, end).grid_watts * seconds / 3_600_000
    assert sum(mains) == pytest.approx(grid_kwh, rel=1e-9, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["solar", "battery"]), moments, st.integers(1, 100_000))
def test_sun_and_battery_are_what_their_circuits_measure_turned_round(
    name: str, start: int, seconds: int
) -> None:
    end = start + seconds
    (home,) = BY_EMAIL[f"{name}@example.com"].homes()
    power = true_power(home, start, end)
    for part, watts in ((Part.SUN, power.solar_watts), (Part.BATTERY, power.battery_watts)):
        (circuit,) = [circuit for circuit in home[0].circuits if circuit.part is part]
        kwh = home[0].kwh(circuit.number, start, end)
        assert -kwh == pytest.approx(watts * seconds / 3_600_000, rel=1e-9, abs=1e-9)


def test_a_home_uses_what_comes_in() -> None:
    power = TruePower(grid_watts=-1_600.0, solar_watts=5_000.0, battery_watts=-2_600.0)
    assert power.home_watts == 800.0


def test_what_no_clamp_sees_is_still_true() -> None:
    unclamped, offline = BY_EMAIL["unclamped@example.com"], BY_EMAIL["offline@example.com"]
    assert power_at(unclamped, "2026-11-24T12:00:00Z").grid_watts == pytest.approx(620.0)
    assert power_at(offline, "2026-11-24T12:00:00Z").grid_watts == pytest.approx(640.0)
    (panel,) = unclamped.devices
    assert panel.kwh(MAINS, 1_790_000_000, 1_790_000_060) == 0.0


def test_three_panels_of_one_address_are_one_home() -> None:
    (home,) = BY_EMAIL["panels@example.com"].homes()
    assert [panel.name for panel in home] == ["House", "Annex", "Workshop"]


def test_panels_at_two_addresses_are_two_homes() -> None:
    panels = BY_EMAIL["panels@example.com"]
    house, annex, workshop = panels.devices
    elsewhere = Address(zip_code="28014", latitude=40.41, longitude=-3.69)
    moved = replace(panels, home=lambda: (house, replace(annex, address=elsewhere), workshop))
    assert [[panel.gid for panel in home] for home in moved.homes()] == [[6601, 6603], [6602]]


def test_days_in_kolkata_begin_at_half_past_six_in_the_evening_utc() -> None:
    kolkata = BY_EMAIL["kolkata@example.com"]
    assert power_at(kolkata, "2026-11-24T18:30:00Z").home_watts == pytest.approx(640.0)
    assert power_at(kolkata, "2026-11-24T18:30:01Z").home_watts == pytest.approx(2_140.0)
