"""`archive verify`: whether everything that is held can be read."""

import asyncio
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from domain.counted import counted
from entrypoints.commands.configured import configured

if TYPE_CHECKING:
    from application.archive.verify_archive import DamagedChunk, Verified, WrongMonth
    from entrypoints.settings import Settings

STILL_HAD = {
    "all": "Emporia still has it",
    "part": "Emporia still has a part of it",
    "none": "Emporia no longer has it",
}


@click.command(
    epilog="Exit codes: 0 all is whole or was repaired, 1 failed or something is damaged, 2 bad "
    "settings or usage."
)
@click.option("--repair", is_flag=True, help="Drop what is damaged, and make the hours anew.")
def verify(repair: bool) -> None:
    """Open every chunk and month of the archive, and name each that is damaged.

    Works beside a running gateway. Hours are compared with the chunks they were made of. Where
    Emporia's own hour is not the sum of what it told finer, that is counted: it is Emporia's.

    With --repair the gateway must not run. What is dropped is asked for again by the recorder, or
    by whoever reads it, where Emporia still has it; else it is gone, but for the sums of its hours.

    \b
    Examples:
      emporia-api archive verify
      emporia-api archive verify --repair
    """
    settings = configured()

    from entrypoints.composition import alone_at_once

    with alone_at_once(settings) if repair else nullcontext():
        counts = asyncio.run(_verified(settings, repairs=repair))
    click.echo(
        f"Looked through {counted(counts.chunks, 'chunk')} and {counted(counts.months, 'month')}: "
        f"{counts.damaged_chunks} and {counts.wrong_months} damaged."
    )
    if counts.outlived:
        click.echo(f"Of {counted(counts.outlived, 'hour')} the sums alone are left.")
    if counts.both:
        click.echo(
            f"Of {counted(counts.both, 'hour')} that Emporia told twice, {counts.unlike} differ "
            "from the sum of the finer figures, which is what counts."
        )
    if counts.is_whole:
        return
    if not repair:
        raise click.exceptions.Exit(1)
    click.echo("What was damaged is dropped, and its months are made anew.")


async def _verified(settings: "Settings", *, repairs: bool) -> "Verified":
    from application.archive.verify_archive import DamagedChunk, Verified
    from entrypoints.composition.storage.archive import archive_reader, verify_archive

    counts = Verified()
    async with archive_reader(settings, changes_nothing=not repairs) as container:
        verify = verify_archive(container)
        for account in await container.archives().accounts():
            async for wrong in verify(account, counts, repairs=repairs):
                if isinstance(wrong, DamagedChunk):
                    click.echo(_of_chunk(wrong))
                else:
                    click.echo(_of_month(wrong))
    return counts


def _of_chunk(damaged: "DamagedChunk") -> str:
    from domain.instants import format_seconds

    start, end = map(format_seconds, (damaged.span.start, damaged.span.end))
    return (
        f"account {damaged.series.account}, series {damaged.series.name}, "
        f"{damaged.span.scale.value}, {start} to {end}: damaged; {STILL_HAD[damaged.still_had]}."
    )


def _of_month(month: "WrongMonth") -> str:
    about = f"account {month.series.account}, series {month.series.name}, hours of "
    what = "damaged" if month.is_damaged else "not as its chunks have them"
    return f"{about}{month.start:%Y-%m}: {what} ({counted(month.hours, 'hour')})."
