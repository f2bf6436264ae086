"""`emporia-api export`, beside a running gateway."""

import asyncio
import gzip
import os
import stat
import subprocess
from dataclasses import replace
from typing import Any

import duckdb
import pytest

from domain.archive.energy import Energy
from tests.integration.archive.exchange.conftest import FIRST, LAST, MINUTES, usages_of
from tests.warm.program import warm_program

RANGE = ("--from", FIRST.isoformat(), "--to", LAST.isoformat())


async def export(filled: Any, *arguments: str) -> subprocess.CompletedProcess[str]:
    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  # our own program
            [warm_program(), "export", *arguments],
            env={"PATH": os.environ["PATH"], **filled.stage.where_kept},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )

    return await asyncio.to_thread(run)


async def test_a_folder_of_parquet_is_one_table_that_sums_to_the_unit(filled, tmp_path):
    out = tmp_path / "minutes"
    done = await export(filled, "--out", str(out), "--format", "parquet", "--scale", "1MIN", *RANGE)
    assert (done.returncode, done.stdout) == (0, f"Wrote {out}: {3 * MINUTES} rows.\n")
    files = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.parquet"))
    assert files == [
        f"device=1001/channel={channel}/month=2025-03/data.parquet"
        for channel in ("1,2,3", "1", "2")
    ]
    with duckdb.connect(config={"threads": 1, "memory_limit": "200MB"}) as database:
        rows = database.execute(
            "select device, channel, sum(millijoules), any_value(device_name), any_value(circuit)"
            " from read_parquet(?, hive_partitioning=true, hive_types={'channel': varchar})"
            " group by all order by channel",
            [f"{out}/**/*.parquet"],
        ).fetchall()
    expected = [
        sum(Energy.of_kilowatt_hours(each).millijoules for each in usages_of(number) if each)
        for number in (1, 0, 2)
    ]
    assert [(*where, int(total), name) for *where, total, name, _ in rows] == [
        (1001, "1", expected[0], "Home"),
        (1001, "1,2,3", expected[1], "Home"),
        (1001, "2", expected[2], "Home"),
    ]
    assert rows[0][-1] == "Fridge"
    for path in (out, *out.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


async def test_a_file_is_what_http_answers(filled, tmp_path):
    plain, packed, parquet = (tmp_path / name for name in ("a.csv", "a.csv.gz", "a.parquet"))
    for out, *more in ((plain,), (packed,), (parquet, "--format", "parquet")):
        done = await export(filled, "--out", str(out), *RANGE, *more)
        assert (done.returncode, done.stderr) == (0, "")
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
    answer = await filled.export(scale="1H", start=FIRST.isoformat(), end=LAST.isoformat())
    assert plain.read_bytes() == answer.content
    assert gzip.decompress(packed.read_bytes()) == answer.content
    assert parquet.read_bytes()[:4] == b"PAR1"


async def test_whose_archive_it_is_can_be_said(filled, tmp_path):
    for number, (option, value) in enumerate(
        (("--email", filled.person.email), ("--account", str(filled.account)))
    ):
        done = await export(
            filled, "--out", str(tmp_path / f"{number}.csv"), option, value, "--series", "1001:1"
        )
        assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("--email", "eve@example.com"), 1, "Nobody has the email eve@example.com."),
        (("--series", "1001:99"), 2, "series: device 1001 has no series '99'"),
        (("--from", "soon"), 2, "--from: 'soon' is not an ISO 8601 instant"),
        (("--out", "."), 1, ". is there already; name a new one."),
        (("--out", "nowhere/a.csv"), 1, "There is no folder nowhere"),
    ],
)
async def test_what_can_not_be_done_is_a_sentence_and_a_code(
    filled, tmp_path, arguments, code, sentence
):
    done = await export(filled, "--out", str(tmp_path / "new.csv"), *arguments)
    assert done.returncode == code
    assert done.stderr.startswith(f"Error: {sentence}")
    assert list(tmp_path.glob("*new*")) == []


async def test_of_several_archives_one_has_to_be_chosen(filled, tmp_path):
    stage = filled.stage
    other = await stage.sign_up("bob@example.com")
    await stage.link(other, "solar@example.com", "solar-password")
    accounts = await stage.container.emporia_links().accounts()
    (another,) = set(accounts) - {filled.account}
    await replace(filled, account=another).put("2001:1", [1.0])
    done = await export(filled, "--out", str(tmp_path / "a.csv"))
    assert done.returncode == 1
    assert done.stderr == (
        "Error: The archive holds several accounts; choose one with --email or --account: "
        f"{', '.join(map(str, sorted(accounts)))}.\n"
    )
