"""Attacks on a gateway of its own, one after the other, and whether others notice them.

Usage: python -m benchmarks.attacks [--seconds N] [--only TEXT]... [--list]
"""

import asyncio
import os
import platform
import resource
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import click

from benchmarks.attack.catalogue import ATTACKS
from benchmarks.attack.scene import Scene
from benchmarks.attack.verdict import Outcome, table
from benchmarks.build import BUILD
from benchmarks.processes import Cores, DidNotStart, TooFewCores, interrupt_on_sigterm
from benchmarks.report import processor
from benchmarks.stage import simulator

FILE_LIMIT = 1_024
"""How many files a service may open unless it asks for more; the attackers may open all."""

LIBRARIES = ("litestar", "uvicorn", "uvloop", "httptools", "websockets", "msgspec", "argon2-cffi")


@click.command()
@click.option("--seconds", default=30, show_default=True, type=click.IntRange(3, 3600))
@click.option("--only", multiple=True, help="Only attacks with this text in the name; repeatable.")
@click.option("--list", "listed", is_flag=True, help="Name the attacks, and do nothing.")
def main(seconds: int, only: tuple[str, ...], listed: bool) -> None:
    """Attack a gateway in every known way and print one table; fails where a limit is broken."""
    names = [name for name in ATTACKS if any(text in name for text in only or ATTACKS)]
    if not names:
        raise click.BadParameter("No attack has that text in its name; --list tells them.")
    if listed:
        click.echo("\n".join(names))
        return
    outcomes: list[Outcome] = []
    try:
        asyncio.run(_attacks(names, outcomes, seconds=seconds))
    except (TooFewCores, DidNotStart) as failure:
        raise click.ClickException(str(failure)) from None
    finally:
        click.echo(f"{_heading(seconds)}\n\n{table(outcomes)}")
    if any(broken for outcome in outcomes for broken in outcome.broken()):
        sys.exit(1)


async def _attacks(names: list[str], outcomes: list[Outcome], *, seconds: int) -> None:
    interrupt_on_sigterm()
    BUILD.mkdir(parents=True, exist_ok=True)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILE_LIMIT, most), most))
    cores = Cores.taken()
    with tempfile.TemporaryDirectory(dir=BUILD) as room:
        async with simulator(cores) as cloud:
            scene = Scene(room=Path(room), cores=cores, cloud=cloud.url)
            for name in names:
                outcome = await scene.attack(name, seconds=seconds)
                outcomes.append(outcome)
                click.echo(f"{name}: {', '.join(outcome.broken()) or 'holds'}", err=True)


def _heading(seconds: int) -> str:
    versions = [f"python {platform.python_version()}"]
    versions += [f"{name} {version(name)}" for name in LIBRARIES]
    return "\n".join(
        (
            f"Date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {seconds} s an attack",
            f"Machine: {processor()}, {os.cpu_count()} cores, Linux {platform.release()}",
            f"Versions: {', '.join(versions)}",
        )
    )


if __name__ == "__main__":
    main()
