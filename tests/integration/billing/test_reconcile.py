"""A Green Button file of the simulated home, as it is and as it may be wrong."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.emporia_simulator.homes.customers import CUSTOMERS
from adapters.emporia_simulator.homes.energy.true_power import true_power
from tests.green_button import block, kind, reading, write
from tests.warm.program import warm_program

DAYS = 5
FIRST = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(DAYS + 2)
START = int(FIRST.timestamp())
EMAIL = "ada@example.com"
TARIFF = {
    "name": "Flat",
    "currency": "USD",
    "rates": [
        {
            "since": "2020-01-01",
            "energy": {"periods": [{"name": "Energy", "tiers": [{"price": "0.20"}]}]},
        }
    ],
}


def really_used() -> list[int]:
    """What the home took from the grid in each hour, in Wh, summed load by load."""
    (customer,) = (each for each in CUSTOMERS if each.email == "home@example.com")
    (home,) = customer.homes()
    starts = range(START, START + DAYS * 86_400, 3600)
    return [round(true_power(home, at, at + 3600).grid_watts) for at in starts]


async def reconcile(home: dict[str, str], *arguments: object) -> tuple[int | None, list[str]]:
    process = await asyncio.create_subprocess_exec(
        warm_program(),
        "reconcile",
        *map(str, arguments),
        "--email",
        EMAIL,
        env={**home, "PATH": ""},
        cwd=Path(home["DATA_DIR"]).parent,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode().splitlines()


@pytest.fixture
async def home(stages: Any) -> dict[str, str]:
    """Where a gateway keeps its data that holds the days, and has a tariff."""
    async with stages() as stage:
        person = await stage.linked(EMAIL)
        await stage.get("/devices", person)
        answer = await stage.get(
            "/history",
            person,
            series="1001:1,2,3",
            start=FIRST.isoformat(),
            end=(FIRST + timedelta(DAYS)).isoformat(),
            scale="1H",
            energyUnit="KilowattHours",
        )
        assert answer.status_code == 200, answer.text
        added = await stage.client.post("/me/tariffs", headers=person.bearer, json=TARIFF)
        assert added.status_code == 201, added.text
    where_kept: dict[str, str] = stage.where_kept
    return where_kept


def made(file: Path, watt_hours: Sequence[int], *, hours_late: int = 0) -> Path:
    return write(file, kind(1), reading(1), block(1, START + hours_late * 3600, watt_hours))


async def test_each_way_of_being_wrong_is_named_as_what_it_is(
    home: dict[str, str], tmp_path: Path
) -> None:
    used = really_used()
    file = tmp_path / "usage.xml"

    right = await reconcile(home, made(file, used))
    shifted = await reconcile(home, made(file, used, hours_late=1))
    one_leg = await reconcile(home, made(file, [round(each * 0.46) for each in used]))
    tenfold = await reconcile(home, made(file, [each * 10 for each in used]), "--hours")

    assert right[0] == 0, right
    assert right[1][0].endswith(f"{DAYS * 24} hours compared.")
    assert right[1][2].startswith("agrees: ")
    cost, _, theirs = right[1][3].removeprefix("Their cost: ").partition(" USD here, ")
    assert float(cost) == pytest.approx(sum(used) / 1000 * 0.20, rel=0.01)
    assert float(theirs.removesuffix(" USD by the utility.")) == pytest.approx(
        float(cost), rel=0.01
    )
    assert "shifted: The file's hours are an hour later than they were." in shifted[1]
    assert any(line.startswith("leg_missing_in_file: The file has 46 %") for line in one_leg[1])
    assert any(line.startswith("multiplier: The file has 10 times") for line in tenfold[1])
    assert tenfold[1][-1].count("\t") == 3


async def test_what_can_not_be_read_is_a_sentence(home: dict[str, str], tmp_path: Path) -> None:
    laughs = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    file = write(tmp_path / "laughs.xml", "<entry>&b;</entry>", before=laughs)

    refused = await reconcile(home, file)
    elsewhere = await reconcile(home, made(tmp_path / "usage.xml", [1] * 30), "--home", 77)

    assert refused[0] == 2
    assert "defines entities" in refused[1][-1]
    assert elsewhere[0] == 2
    assert "one of 1001 (" in elsewhere[1][-1]
