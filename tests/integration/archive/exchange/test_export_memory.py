"""Memory in small: `python -m benchmarks.exports` does the same with a year of 18 channels."""

import asyncio
import sys

ARGUMENTS = ("--days", "50", "--channels", "14", "--most-growth-mb", "60")


async def test_ten_times_as_much_takes_no_more_memory() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.exports",
        *ARGUMENTS,
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
    assert said.decode().count("1,008,000 rows") == 3
