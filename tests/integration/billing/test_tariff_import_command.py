"""`tariff import` on the database of a gateway that runs, which prices by it at once."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.warm.program import warm_program

RATE = {
    "name": "RS-1",
    "utility": "Florida Power & Light Co.",
    "startdate": 1420070400,
    "energyratestructure": [[{"rate": 0.1}]],
    "fixedchargefirstmeter": 8.34,
    "fixedchargeunits": "$/month",
    "coincidentratestructure": [[{"rate": 3}]],
}


async def tariff_import(stage: Any, *arguments: object) -> tuple[int | None, list[str]]:
    process = await asyncio.create_subprocess_exec(
        warm_program(),
        "tariff",
        "import",
        *map(str, arguments),
        env={**stage.where_kept, "PATH": ""},
        cwd=stage.settings.data_dir.parent,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode().splitlines()


def written(file: Path, content: Any) -> Path:
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


async def test_a_rate_is_taken_beside_a_gateway_and_what_is_left_out_is_named(
    stage: Any, tmp_path: Path
) -> None:
    person = await stage.sign_up()
    file = written(tmp_path / "rate.json", {"items": [RATE]})

    looked = await tariff_import(stage, file, "--email", person.email, "--dry-run")
    before = (await stage.get("/me/tariffs", person)).json()["tariffs"]
    taken = await tariff_import(stage, file, "--email", person.email, "--panel", 1001)
    (kept,) = (await stage.get("/me/tariffs", person)).json()["tariffs"]

    assert looked[0] == 0, looked
    assert looked[1][-1] == "Nothing was kept."
    assert before == []
    assert taken[0] == 0, taken
    assert taken[1][0] == "Florida Power & Light Co., RS-1 (USD), since 2015-01-01."
    assert any(line.startswith("left_out: coincidentratestructure: ") for line in taken[1])
    assert taken[1][-1] == f"Kept as {kept['id']}."
    assert kept["tariff"]["panels"] == [1001]
    assert kept["tariff"]["rates"][0]["fixed"] == [
        {"name": "Fixed charge", "amount": "8.34", "by": "month"}
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("rates", "is no JSON object"),
        ([RATE], "is no JSON object"),
        ({"items": [RATE, RATE]}, "items: give one rate."),
        ({**RATE, "energyratestructure": "dear"}, "energyratestructure"),
        (" " * 1_000_001, "is larger than 1 MB"),
    ],
)
async def test_what_is_no_rate_is_a_sentence(
    stage: Any, tmp_path: Path, content: Any, sentence: str
) -> None:
    person = await stage.sign_up()
    file = written(tmp_path / "rate.json", content)
    code, said = await tariff_import(stage, file, "--email", person.email)
    assert code == 2
    assert sentence in said[-1]


async def test_nobodys_tariff_is_not_kept(stage: Any, tmp_path: Path) -> None:
    file = written(tmp_path / "rate.json", RATE)
    code, said = await tariff_import(stage, file, "--email", "nobody@example.com")
    assert code == 1
    assert "Nobody has the email nobody@example.com." in said[-1]
