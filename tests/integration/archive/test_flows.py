"""What flows in the simulated homes with sun and battery, against what really does."""

from datetime import UTC, datetime, timedelta
from statistics import mean
from typing import Any

import pytest

from adapters.emporia_simulator.homes.customers import CUSTOMERS
from adapters.emporia_simulator.homes.energy.true_power import TruePower, true_power

BOTH_HOMES = ("battery@example.com", "solar@example.com")
DAY_BEGINS = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(2)
TOLERANCE_WATTS = 0.1
SERIES = 3
"""Mains, sun and battery: each of them is told to a tenth of a watt by itself."""


def really(email: str, start: datetime, seconds: int) -> TruePower:
    """The mean power of a bucket, summed load by load."""
    (customer,) = (each for each in CUSTOMERS if each.email == email)
    (home,) = customer.homes()
    at = int(start.timestamp())
    return true_power(home, at, at + seconds)


def consumed_watts(truth: TruePower) -> float:
    """What an inverter draws at night is used in the home, like everything else."""
    return truth.home_watts + max(0, -truth.solar_watts)


async def linked(stage: Any, email: str) -> Any:
    person = await stage.sign_up()
    await stage.link(person, email, email.replace("@example.com", "-password"))
    return person


async def flows(stage: Any, person: Any, *, hours: float, scale: str, **query: Any) -> Any:
    end = DAY_BEGINS + timedelta(hours=hours)
    answer = await stage.get(
        "/flows", person, start=DAY_BEGINS.isoformat(), end=end.isoformat(), scale=scale, **query
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def watts(told: Any, name: str, seconds: int) -> list[float | None]:
    return [None if kwh is None else kwh * 3_600_000 / seconds for kwh in told["flows"][name]]


@pytest.mark.parametrize("email", BOTH_HOMES)
async def test_each_minute_of_a_day_is_what_really_flowed(stage: Any, email: str) -> None:
    person = await linked(stage, email)

    told = await flows(stage, person, hours=24, scale="1MIN")

    assert told["quality"] == [["measured", 1440]]
    assert told["coverage"] == 1
    seen = set()
    columns = {name: watts(told, name, 60) for name in told["flows"]}
    for place in range(1440):
        truth = really(email, DAY_BEGINS + timedelta(minutes=place), 60)
        one = {name: column[place] for name, column in columns.items()}
        expected = {
            "import": max(0, truth.grid_watts),
            "export": max(0, -truth.grid_watts),
            "generation": max(0, truth.solar_watts),
            "batteryIn": max(0, -truth.battery_watts),
            "batteryOut": max(0, truth.battery_watts),
            "selfUse": max(0, max(0, truth.solar_watts) - max(0, -truth.grid_watts)),
            "consumption": consumed_watts(truth),
        }
        assert one == pytest.approx(expected, abs=SERIES * TOLERANCE_WATTS), place
        seen |= {name for name, figure in one.items() if figure}
    assert seen == set(columns)


@pytest.mark.parametrize("email", BOTH_HOMES)
async def test_hours_add_up_what_went_each_way_and_not_the_difference(
    stage: Any, email: str
) -> None:
    person = await linked(stage, email)
    minutes = await flows(stage, person, hours=24, scale="1MIN")

    hours = await flows(stage, person, hours=24, scale="1H")
    day = await flows(stage, person, hours=1, scale="1D")

    assert hours["quality"] == [["measured", 24]]
    for name, column in hours["flows"].items():
        if name != "selfUse":
            parts = [sum(minutes["flows"][name][at : at + 60]) for at in range(0, 1440, 60)]
            assert column == pytest.approx(parts, abs=1e-8)
    both = zip(hours["flows"]["import"], hours["flows"]["export"], strict=True)
    assert any(taken and given for taken, given in both)
    truths = [
        consumed_watts(really(email, DAY_BEGINS + timedelta(minutes=place), 60))
        for place in range(1440)
    ]
    of_hours = [mean(truths[first : first + 60]) for first in range(0, 1440, 60)]
    assert watts(hours, "consumption", 3600) == pytest.approx(of_hours, abs=TOLERANCE_WATTS)
    assert day["coverage"] > 0


async def test_an_outage_is_null_and_not_zero(stage: Any) -> None:
    email = "battery@example.com"
    begins, ends = DAY_BEGINS + timedelta(hours=3), DAY_BEGINS + timedelta(hours=5)
    answer = await stage.cloud.post(
        f"/simulator/homes/{email}/outages",
        json={"from": begins.isoformat(), "to": ends.isoformat(), "filling": "lost"},
    )
    answer.raise_for_status()
    person = await linked(stage, email)

    minutes = await flows(stage, person, hours=8, scale="1MIN")

    assert minutes["quality"] == [["measured", 180], ["missing", 120], ["measured", 180]]
    for column in minutes["flows"].values():
        assert column[180:300] == [None] * 120
        assert None not in column[:180] + column[300:]
    assert minutes["coverage"] == 0.75


async def test_a_home_of_several_has_to_be_named(stage: Any) -> None:
    person = await linked(stage, "two@example.com")
    query = {"start": "2026-03-01", "end": "2026-03-02", "scale": "1H"}

    unnamed = await stage.get("/flows", person, **query)
    wrong = await stage.get("/flows", person, home="77", **query)
    words = await stage.get("/flows", person, home="flat", **query)
    told = await flows(stage, person, hours=2, scale="1H", home="6801")

    assert unnamed.status_code == wrong.status_code == words.status_code == 400
    assert "Flat in Lisbon" in unnamed.json()["error"]
    assert "Cabin in Anchorage" in wrong.json()["error"]
    assert "not a gid" in words.json()["error"]
    assert told["name"] == "Flat in Lisbon"
