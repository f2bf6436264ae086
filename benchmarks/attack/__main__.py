"""One attack in a process of its own, so that it disturbs no measuring.

Usage: python -m benchmarks.attack FILE, with the order as JSON in the file. Prints what was sent.
"""

import asyncio
import json
import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from benchmarks.attack.catalogue import ATTACKS
from benchmarks.attack.target import Target
from benchmarks.processes import raise_file_limit

NICENESS = 10
"""Whoever measures on the same core comes first."""


def main(order: Path) -> None:
    """Attack for as long as the order says."""
    os.nice(NICENESS)
    raise_file_limit()
    given = json.loads(order.read_text(encoding="utf-8"))
    name, seconds = given.pop("name"), given.pop("seconds")
    target = Target(**given)
    click.echo("attacking")
    asyncio.run(_attack(name, seconds, target))
    click.echo(json.dumps({"sent": target.sent, "answered": target.answered}))


async def _attack(name: str, seconds: float, target: Target) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await ATTACKS[name](target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
