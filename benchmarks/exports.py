"""What an export takes: `python -m benchmarks.exports` writes a year of minutes of 18 channels.

Exits with 1 where it takes more memory than was promised beyond what a tenth of it takes.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from application.archive.exchange.plan_export import ExportQuery
from domain.archive.exchange.exports import ExportFormat
from domain.archive.recording.reading import Reading
from domain.archive.series import Series, SeriesName
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from entrypoints.composition import Container, build_container, migrate
from entrypoints.settings import Settings

ACCOUNT = AccountId(1)
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
STATM = Path("/proc/self/statm")
PAGE_BYTES = 4096


def resident_mb() -> float:
    """What this process holds in memory."""
    return int(STATM.read_text().split()[1]) * PAGE_BYTES / 1e6


def months(days: int) -> Iterator[tuple[datetime, int]]:
    """Thirty days at a time."""
    for first in range(0, days, 30):
        yield FIRST + timedelta(days=first), min(30, days - first)


async def fill(container: Container, *, days: int, channels: int) -> None:
    """Minutes of a home that uses a little more or less all the time, told to a tenth of a watt."""
    chance = np.random.default_rng(1)
    for channel in range(1, channels + 1):
        for start, count in months(days):
            watts = np.round(np.abs(chance.normal(300, 200, count * 1440)), 1)
            figures = container.chunk_codec().figures((watts / 60_000).tolist())
            at = int(start.timestamp())
            await container.keep_readings()(
                Series(ACCOUNT, SeriesName(1000, str(channel))),
                Reading(scale=Scale.MINUTE, start=at, figures=figures, read_at=at + 40 * 86_400),
            )


async def export(
    container: Container, export_format: ExportFormat, *, days: int, is_compressed: bool
) -> tuple[int, float]:
    """How many bytes came, and how much memory was held at the most while they did."""
    query = ExportQuery(names=(), start=FIRST, end=FIRST + timedelta(days=days), scale=Scale.MINUTE)
    plan = await container.plan_export().of_account(ACCOUNT, query)
    table = container.export_tables()(export_format, is_compressed=is_compressed)
    size, most = 0, 0.0
    async for part in container.export_archive().written(plan, table):
        size += len(part)
        most = max(most, resident_mb())
    return size, most


async def run(days: int, channels: int, most_growth_mb: float) -> int:
    """Fill, export as each format, and tell; the exit code."""
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        migrate(settings)
        container = build_container(settings)
        async with container.resources():
            await fill(container, days=days, channels=channels)
            rows = days * 1440 * channels
            for export_format, is_compressed in (
                (ExportFormat.CSV, False),
                (ExportFormat.CSV, True),
                (ExportFormat.PARQUET, False),
            ):
                _, before = await export(
                    container, export_format, days=max(1, days // 10), is_compressed=is_compressed
                )
                begun = time.perf_counter()
                size, most = await export(
                    container, export_format, days=days, is_compressed=is_compressed
                )
                seconds = time.perf_counter() - begun
                failed |= most - before > most_growth_mb
                sys.stdout.write(
                    f"{export_format}{' gzip' if is_compressed else ''}: {rows:,} rows, "
                    f"{size / 1e6:.1f} MB, {rows / seconds:,.0f} rows/s, "
                    f"{most:.0f} MB of memory, {most - before:.1f} more than for a tenth\n"
                )
    return int(failed)


def main() -> int:
    """Run as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--channels", type=int, default=18)
    parser.add_argument("--most-growth-mb", type=float, default=150)
    arguments = parser.parse_args()
    return asyncio.run(run(arguments.days, arguments.channels, arguments.most_growth_mb))


if __name__ == "__main__":
    sys.exit(main())
