"""`migrate`: the database alone."""

import click

from entrypoints.commands.configured import EXIT_CODES, configured


@click.command(epilog=EXIT_CODES)
def migrate() -> None:
    """Bring the database up to date.

    Creates the database in DATA_DIR where there is none, and otherwise changes its tables to
    what this version needs. `serve` does the same at every start; do it by itself to see that
    an upgrade works before the service is restarted.

    \b
    Examples:
      emporia-api migrate
      DATA_DIR=/var/lib/emporia-api emporia-api migrate
    """
    settings = configured()

    from entrypoints.composition import migrate as migrate_database
    from entrypoints.composition import place

    migrate_database(settings)
    click.echo(f"The database {place(settings)} is up to date.")
