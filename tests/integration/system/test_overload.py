"""Overload and restart in small: what `python -m benchmarks.overload` and `.restart` hold to."""

import asyncio
import sys

import pytest

MODULES = {
    "benchmarks.overload": ("--seconds", "4", "--places", "240"),
    "benchmarks.restart": ("--viewers", "100", "--accounts", "4", "--calm-seconds", "3"),
    "benchmarks.restart --patient": (
        "--viewers",
        "40",
        "--accounts",
        "4",
        "--patient",
        "--calm-seconds",
        "3",
    ),
}


@pytest.mark.parametrize("name", MODULES)
async def test_what_is_shed_and_kept_and_comes_back(name: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        name.split()[0],
        *MODULES[name],
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(120):
            said, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()

    assert process.returncode == 0, said.decode()
