"""`check`: whether the database and the archive are whole, and what is in them."""

import click

from domain.counted import counted
from entrypoints.commands.configured import EXIT_CODES, configured


@click.command(epilog=EXIT_CODES)
def check() -> None:
    """Look through the database and the archive in DATA_DIR, also while the gateway runs.

    Of the archive the file: what is in its chunks is looked at by `archive verify`.

    \b
    Examples:
      emporia-api check
    """
    settings = configured()

    from entrypoints.composition import (
        gateway_runs,
        has_database,
        lack_of_database,
        look_through,
        look_through_archive,
        place,
    )

    if not has_database(settings):
        raise click.ClickException(lack_of_database(settings))
    contents = look_through(settings)
    archive = look_through_archive(settings)
    runs = {True: "runs", False: "does not run", None: "may run"}[gateway_runs(settings)]
    click.echo(
        f"The database {place(settings)} is whole: version {contents.version}, "
        f"{counted(contents.users, 'user')}, {counted(contents.links, 'link')}. The gateway {runs}."
    )
    if archive is not None:
        click.echo(
            f"The archive {place(settings)} is whole: version {archive.version}, "
            f"{counted(archive.accounts, 'account')}, {archive.series} series, "
            f"{counted(archive.chunks, 'chunk')}."
        )
