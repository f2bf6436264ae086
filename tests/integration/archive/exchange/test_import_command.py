"""`emporia-api import`, where no gateway runs."""

import asyncio
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.emporia.usage import Scale
from entrypoints.composition import alone
from tests.integration.archive.exchange.conftest import FIRST
from tests.integration.archive.exchange.files import COLUMNS, csv_of
from tests.warm.program import warm_program

EARLY = datetime(2024, 1, 7, 5, tzinfo=UTC)


def started(filled: Any, *arguments: str | Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603  # our own program
        [warm_program(), "import", *map(str, arguments)],
        env={"PATH": os.environ["PATH"], **filled.stage.where_kept},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        stdin=subprocess.DEVNULL,
    )


async def done(filled: Any, *arguments: str | Path) -> tuple[int, str, str]:
    """Exit code and what was printed."""
    process = started(filled, *arguments)
    out, err = await asyncio.to_thread(process.communicate, timeout=60)
    return process.returncode, out, err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three hours of minutes that the archive knows nothing of."""
    path = tmp_path / "c92c0a-Home-1MIN.csv"
    path.write_text(csv_of(EARLY, 180))
    return path


async def test_files_are_taken_and_taken_again_without_a_change(filled, file, tmp_path):
    hours = tmp_path / "c92c0a-Home-1H.csv"
    hours.write_text(csv_of(datetime(2023, 1, 7, 5, tzinfo=UTC), 10, scale=Scale.HOUR))
    code, out, err = await done(filled, file, hours, "--email", filled.person.email)
    assert (code, err) == (0, "")
    assert out == (
        f"{file}: 180 lines of 1MIN; 360 buckets taken, 0 known already.\n"
        f"{hours}: 10 lines of 1H; 20 buckets taken, 0 known already.\n"
    )
    rows = await filled.rows(series="1001:1", end="2024-02-01T00:00:00Z")
    assert {row["quality"] for row in rows if row["kwh"]} == {"imported"}
    told = [float(row["kwh"]) for row in rows if row["kwh"]]
    assert told == pytest.approx(COLUMNS["Home-Kitchen-Fridge"](180), abs=1e-9)
    code, out, _ = await done(filled, file)
    assert (code, out) == (0, f"{file}: 180 lines of 1MIN; 0 buckets taken, 360 known already.\n")
    assert await filled.rows(series="1001:1", end="2024-02-01T00:00:00Z") == rows


async def test_a_trial_tells_what_would_be_taken_also_beside_a_gateway(filled, file):
    before = await filled.rows()
    left_out = (
        "'Home-Kitchen-Attic (kWatts)', nothing of that name is listed; say which series it is: "
        "'COLUMN=gid:channel'"
    )
    text = file.read_text().replace("Home-Kitchen-Fridge", "Home-Kitchen-Attic")
    file.write_text(text)
    with alone(filled.stage.settings):
        code, out, _ = await done(filled, file, "--dry-run")
        assert code == 0
        assert out.splitlines() == [
            f"{file}: 180 lines of 1MIN; 180 buckets taken, 0 known already.",
            f"  Left out: {left_out}.",
            "Nothing was kept.",
        ]
        code, _, err = await done(filled, file)
        assert code == 1
        assert "gateway" in err
    assert await filled.rows() == before
    code, out, _ = await done(filled, file, "--map", "Home-Kitchen-Attic=1001:2", "--scale", "1MIN")
    assert (code, out.splitlines()) == (
        0,
        [f"{file}: 180 lines of 1MIN; 360 buckets taken, 0 known already."],
    )


async def test_what_a_file_says_does_nothing_to_the_terminal(filled, file):
    file.write_text(file.read_text().replace("Home-Kitchen-Fridge", "Home-\x1b[2J\x07"))
    code, out, _ = await done(filled, file, "--dry-run")
    assert code == 0
    assert "Left out: 'Home-\N{SYMBOL FOR ESCAPE}[2J\N{SYMBOL FOR BELL} (kWatts)'" in out
    file.write_text(file.read_text().replace("01/07/2024 00:05:00", "\x1b[2J"))
    code, _, err = await done(filled, file, "--dry-run")
    assert code == 2
    assert "'\N{SYMBOL FOR ESCAPE}[2J' is no time" in err


async def test_a_bad_file_is_a_line_and_nothing_of_the_good_ones_is_taken(filled, file, tmp_path):
    before = await filled.rows()
    bad = tmp_path / "bad.csv"
    bad.write_text(csv_of(EARLY, 60).replace("01/07/2024 00:05:00", "soon"))
    code, out, err = await done(filled, file, bad)
    assert (code, out) == (2, "")
    assert err == (
        f"Error: {bad}, line 7: 'soon' is no time; it has to be like 03/31/2026 23:59:00 or "
        "03/31/26 23:59.\n"
    )
    other = tmp_path / "c92c0a-Home-1MIN (1).csv"
    other.write_text(csv_of(FIRST, 90))
    code, _, err = await done(filled, other)
    assert code == 2
    assert err.startswith(f"Error: {other}: this seems to be another home's file")
    assert await filled.rows() == before


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("--email", "eve@example.com"), 1, "Nobody has the email eve@example.com."),
        (("--account", "7"), 1, "Nobody has the account 7 linked."),
        (("--device", "1009"), 2, "devices: 1009 not found"),
        (("--scale", "1DAY"), 2, "scale: a file of days can't be taken"),
        (("--map", "x"), 2, "--map: 'x' is not understood"),
    ],
)
async def test_what_can_not_be_done_is_a_sentence_and_a_code(
    filled, file, arguments, code, sentence
):
    found, out, err = await done(filled, file, *arguments)
    assert (found, out) == (code, "")
    assert err.startswith(f"Error: {sentence}")


async def test_of_several_accounts_one_has_to_be_chosen(filled, file):
    other = await filled.stage.sign_up("bob@example.com")
    await filled.stage.link(other, "solar@example.com", "solar-password")
    code, _, err = await done(filled, file)
    assert (code, err) == (
        1,
        "Error: Several Emporia accounts are linked; choose one with --email or --account.\n",
    )


async def test_an_import_that_was_killed_is_taken_to_its_end_by_the_next(filled, tmp_path):
    file = tmp_path / "c92c0a-Home-1MIN.csv"
    # The end of a month is held first: a week of one, and then ten days of the next.
    count = 17 * 1440
    file.write_text(csv_of(datetime(2024, 1, 25, 5, tzinfo=UTC), count))
    store = filled.stage.container.chunk_store()
    before = len(await store.held(filled.account))
    process = started(filled, file)
    async with asyncio.timeout(30):
        while len(await store.held(filled.account)) == before:  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(0.01)
    process.kill()
    await asyncio.to_thread(process.communicate)
    assert process.returncode != 0
    code, out, err = await done(filled, file)
    assert (code, err) == (0, "")
    assert " 0 known already" not in out
    rows = await filled.rows(series="1001:1", end="2024-03-01T00:00:00Z")
    told = [float(row["kwh"]) for row in rows if row["kwh"]]
    assert told == pytest.approx(COLUMNS["Home-Kitchen-Fridge"](count), abs=1e-9)
    code, out, _ = await done(filled, file)
    assert out == f"{file}: {count} lines of 1MIN; 0 buckets taken, {2 * count} known already.\n"
