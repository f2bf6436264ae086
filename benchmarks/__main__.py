"""`make bench`: measures the gateway and its peers, interleaved and on a core of their own.

Usage: python -m benchmarks [--quick] [--rounds N] [--only TEXT] [--against FOLDER]
"""

import asyncio
import json
import tempfile
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from benchmarks import fanout, rest
from benchmarks.build import BUILD, BuildFailed, build_native, install_peers
from benchmarks.contenders import BEFORE, EXPRESS, GATEWAY, Contender
from benchmarks.load import MeasurementFailed, Sample
from benchmarks.processes import (
    Cores,
    DidNotStart,
    TooFewCores,
    interrupt_on_sigterm,
    raise_file_limit,
)
from benchmarks.report import START_UP, heading, table
from benchmarks.stage import Stage, simulator, staged

Results = defaultdict[tuple[str, str], list[Sample]]

USERS = 5
REST_SECONDS = 5
ATTEMPTS = 3
MOST_DISTURBED = 0.05


@click.command()
@click.option("--quick", is_flag=True, help="One round with half the ticks: only to try it.")
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1, 20))
@click.option("--only", default="", help="Measure only what has this text in its name.")
@click.option(
    "--against",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    help="Another checkout, with its .venv made: its gateway is measured in turns with this one.",
)
def main(quick: bool, rounds: int, only: str, against: Path | None) -> None:
    """Measure the gateway and its peers and print one table."""
    try:
        asyncio.run(bench(quick=quick, rounds=1 if quick else rounds, only=only, against=against))
    except (BuildFailed, TooFewCores, DidNotStart) as failure:
        raise click.ClickException(str(failure)) from None


async def bench(*, quick: bool, rounds: int, only: str, against: Path | None) -> None:
    """Build, measure round by round, print."""
    interrupt_on_sigterm()
    await build_native()
    await install_peers()
    raise_file_limit()
    cores = Cores.taken()
    results: Results = defaultdict(list)
    try:
        await _rounds(results, cores, quick=quick, rounds=rounds, only=only, against=against)
    finally:
        await _tell(results, rounds=rounds)


async def _rounds(
    results: Results,
    cores: Cores,
    *,
    quick: bool,
    rounds: int,
    only: str,
    against: Path | None,
) -> None:
    with tempfile.TemporaryDirectory(dir=BUILD) as room:
        async with simulator(cores, "--accept-fixed-token") as cloud:
            stage, before = staged(Path(room), cores=cores, cloud=cloud), None
            await stage.prepare(users=USERS)
            if against is not None:
                own_room = stage.room / "before"
                own_room.mkdir()
                before = staged(own_room, cores=cores, cloud=cloud, checkout=against)
                await before.prepare(users=USERS)
            for turn in range(rounds):
                click.echo(f"round {turn + 1} of {rounds}", err=True)
                await _round(results, stage, before, quick=quick, only=only, turn=turn)


async def _tell(results: Results, *, rounds: int) -> None:
    """Keep every sample, and print the table; of what there is, if the run was cut short."""
    flat = [{"name": name, "of": of, "samples": found} for (name, of), found in results.items()]
    (BUILD / "results.json").write_text(json.dumps(flat, indent=1), encoding="utf-8")
    click.echo(f"{await heading(results, rounds=rounds)}\n\n{table(results)}")


async def _round(
    results: Results, stage: Stage, before: Stage | None, *, quick: bool, only: str, turn: int
) -> None:
    """Everything once; who comes first changes from round to round."""

    def turns(contenders: Sequence[Contender]) -> Iterator[tuple[Contender, Stage]]:
        all_of_them = [(contender, stage) for contender in contenders]
        if before is not None:
            all_of_them.insert(0, (BEFORE, before))
        first = turn % len(all_of_them)
        yield from all_of_them[first:] + all_of_them[:first]

    for scenario in fanout.SCENARIOS:
        for contender, where in turns(scenario.contenders):
            run = partial(fanout.measure, scenario, contender, where, quick=quick)
            await _measure(results, scenario.name, contender, run, only=only)
    for target in rest.TARGETS:
        for contender, where in turns((GATEWAY, EXPRESS)):
            seconds = REST_SECONDS / 2 if quick else REST_SECONDS
            run = partial(rest.measure, contender, target, where, seconds=seconds)
            await _measure(results, target, contender, run, only=only)
    if only in START_UP:
        for contender, where in turns((GATEWAY,)):
            results[START_UP, contender.name].append(await rest.start_up(where))


async def _measure(
    results: Results,
    name: str,
    contender: Contender,
    run: Callable[[], Awaitable[Sample]],
    *,
    only: str,
) -> None:
    if only not in name:
        return
    click.echo(f"  {name}: {contender.name}", err=True)
    try:
        results[name, contender.name].append(await _least_disturbed(run))
    except MeasurementFailed as failure:
        click.echo(f"    {failure}", err=True)


async def _least_disturbed(run: Callable[[], Awaitable[Sample]]) -> Sample:
    """A sample for which the server had its core for itself, or the best of a few."""
    samples: list[Sample] = []
    while len(samples) < ATTEMPTS:
        sample = await run()
        if sample["disturbed"] <= MOST_DISTURBED:
            return sample
        click.echo(f"    others had {sample['disturbed']:.0%} of the server's core", err=True)
        samples.append(sample)
    return min(samples, key=lambda sample: sample["disturbed"])


if __name__ == "__main__":
    main()
