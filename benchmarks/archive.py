"""The archive beside other ways to keep the same samples, and what an answer from it costs.

A home of 18 series, rounded to 0.1 W, with noise of 0.4 % of the load: a day of seconds, two
weeks of minutes, and a year of hours of its mains. All ways take turns; medians are told.

Usage: python -m benchmarks.archive [--rounds N]
"""

import os
import platform
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import click

from adapters.emporia_simulator.homes.energy.buckets import Scale as SimulatedScale
from benchmarks.keeping.answers import cost_of_answers
from benchmarks.keeping.home import BEGIN, Samples, samples
from benchmarks.keeping.ways import WAYS, Way
from domain.archive.spans import DAY_SECONDS
from domain.emporia.usage import Scale

LENGTHS = {
    Scale.SECOND: (SimulatedScale.SECOND, DAY_SECONDS, 18),
    Scale.MINUTE: (SimulatedScale.MINUTE, 14 * DAY_SECONDS, 18),
    Scale.HOUR: (SimulatedScale.HOUR, 365 * DAY_SECONDS, 1),
}

Figures = defaultdict[tuple[str, str], list[float]]


@click.command(help=__doc__)
@click.option("--rounds", default=3, type=click.IntRange(1, 20))
def main(rounds: int) -> None:
    """Measure, and print one table."""
    click.echo("making the home's samples ...")
    home = {
        scale: samples(simulated, seconds=seconds, series=series)
        for scale, (simulated, seconds, series) in LENGTHS.items()
    }
    figures: Figures = defaultdict(list)
    for _ in range(rounds):
        for way in WAYS:
            with tempfile.TemporaryDirectory() as folder:
                _measure(way(Path(folder)), home, figures)
        for name, milliseconds in cost_of_answers(home).items():
            figures[name, WAYS[0].name].append(milliseconds)
    _tell(figures, rounds)


def _measure(way: Way, home: dict[Scale, list[Samples]], figures: Figures) -> None:
    before = 0
    for scale, series in home.items():
        count = sum(len(each.usages) for each in series)
        seconds = _cpu_seconds(partial(way.take_in, scale, series))
        figures[f"{scale.value}: million samples taken in a CPU second", way.name].append(
            count / seconds / 1e6
        )
        taken = way.bytes_on_disk()
        if scale is not Scale.HOUR:
            figures[f"{scale.value}: bytes a sample on disk", way.name].append(
                (taken - before) / count
            )
        before = taken
    mains = home[Scale.SECOND][0]
    of_year = home[Scale.HOUR][0]
    questions: dict[str, Callable[[], Sequence[float]]] = {
        "a day of seconds: CPU ms": lambda: way.day_of(Scale.SECOND, mains, BEGIN),
        "a day of minutes: CPU ms": lambda: way.day_of(Scale.MINUTE, home[Scale.MINUTE][0], BEGIN),
        "a year of days: CPU ms": lambda: way.days_of_year(of_year),
    }
    for name, ask in questions.items():
        ask()
        figures[name, way.name].append(median(_cpu_seconds(ask) for _ in range(7)) * 1_000)


def _cpu_seconds(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _tell(figures: Figures, rounds: int) -> None:
    libraries = ", ".join(
        f"{name} {version(name)}" for name in ("pcodec", "numpy", "pyarrow", "duckdb", "sqlalchemy")
    )
    click.echo(f"Machine: {os.cpu_count()} cores, {platform.system()} {platform.release()}")
    click.echo(f"Python {platform.python_version()}, {libraries}; medians of {rounds} rounds\n")
    names = [way.name for way in WAYS]
    click.echo(f"| measured | {' | '.join(names)} |")
    click.echo("| --- " * (len(names) + 1) + "|")
    for title in dict.fromkeys(title for title, _ in figures):
        cells = [
            f"{median(figures[title, name]):.3g}" if (title, name) in figures else ""
            for name in names
        ]
        click.echo(f"| {title} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
