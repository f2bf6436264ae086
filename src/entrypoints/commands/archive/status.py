"""`archive status`: what is held, and how far the first fill is."""

import asyncio
from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES, configured
from entrypoints.commands.failures import BadInput

if TYPE_CHECKING:
    from application.archive.list_archive import HeldSeries
    from application.archive.tell_archives import ArchiveTold, Fill
    from entrypoints.settings import Settings

WIDTH = 30


@click.command(epilog=EXIT_CODES)
@click.option("--email", help="Of the accounts that this user has linked; else of all.")
def status(email: str | None) -> None:
    """Tell of each Emporia account what is recorded and what is held.

    A line for each series and scale, with tabs between: its name (gid:channel), the scale, from,
    to, how much of that is known, and the room it takes. The first fill is counted in requests to
    Emporia, from the device list that was kept last; nobody is asked. Changes nothing, and works
    beside a running gateway.

    \b
    Examples:
      emporia-api archive status
      emporia-api archive status --email ada@example.com
    """
    settings = configured()

    from domain.errors import InvalidInput

    try:
        told = asyncio.run(_told(settings, email))
    except InvalidInput as error:
        raise BadInput(str(error)) from None
    if not told:
        click.echo("No account is recorded yet.")
    for archive in told:
        _show(archive)


async def _told(settings: "Settings", email: str | None) -> "list[ArchiveTold]":
    from entrypoints.composition.storage.archive import (
        accounts_of,
        archive_reader,
        tell_archives,
    )

    async with archive_reader(settings) as container:
        tell = tell_archives(container)
        return [await tell(account) for account in await accounts_of(container, email)]


def _show(archive: "ArchiveTold") -> None:
    from domain.sizes import told_size

    recording = archive.recording
    names = {each.name for each in archive.held}
    size = told_size(sum(each.size for each in archive.held))
    click.echo(
        f"Account {archive.account}: minutes {'on' if recording.minutes else 'off'}, "
        f"seconds {recording.seconds.value}; {len(names)} series, {size}."
    )
    click.echo(f"First fill: {_bar(archive.fill)}")
    for held in archive.held:
        click.echo("\t".join(_columns(held)))


def _bar(fill: "Fill | None") -> str:
    if fill is None:
        return "not known yet, for the devices, or when they began to measure, are not."
    share = fill.done / fill.wanted if fill.wanted else 1.0
    full = int(share * WIDTH)
    return (
        f"[{'#' * full}{'-' * (WIDTH - full)}] {int(share * 100)} % "
        f"({fill.done} of {fill.wanted} requests)"
    )


def _columns(held: "HeldSeries") -> list[str]:
    from domain.instants import format_instant
    from domain.sizes import told_size

    return [
        str(held.name),
        held.scale.value,
        format_instant(held.start),
        format_instant(held.end),
        f"{int(held.coverage * 1000) / 10:g} %",
        told_size(held.size),
    ]
