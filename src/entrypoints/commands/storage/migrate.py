"""`migrate`: the database alone."""

from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES, configured

if TYPE_CHECKING:
    from entrypoints.settings import Settings


ROWS_BETWEEN_LINES = 10_000


@click.command(epilog=EXIT_CODES)
@click.option(
    "--copy-from",
    metavar="sqlite:///FOLDER",
    help="Copy what SQLite has there into the empty PostgreSQL database of DATABASE_URL.",
)
def migrate(copy_from: str | None) -> None:
    """Bring the database up to date.

    Creates the database in DATA_DIR where there is none, and otherwise changes its tables to
    what this version needs. `serve` does the same at every start; do it by itself to see that
    an upgrade works before the service is restarted.

    With --copy-from, a whole installation moves from SQLite to PostgreSQL, key files and all,
    while no gateway runs on either. What is there is only read. All of it is compared at the end;
    a copy that was cut off goes on where it was when the command is given again.

    \b
    Examples:
      emporia-api migrate
      DATA_DIR=/var/lib/emporia-api emporia-api migrate
      emporia-api migrate --copy-from sqlite:////var/lib/emporia-api
    """
    settings = configured()
    if copy_from is not None:
        _copy(settings, copy_from)
        return

    from entrypoints.composition import migrate as migrate_database
    from entrypoints.composition import place

    migrate_database(settings)
    click.echo(f"The database {place(settings)} is up to date.")


def _copy(settings: "Settings", source: str) -> None:
    from entrypoints.composition.storage.copy import copy_from

    def tell(table: str, rows: int) -> None:
        if rows % ROWS_BETWEEN_LINES == 0:
            click.echo(f"{table}: {rows:,}", err=True)

    copied = copy_from(settings, source, tell=tell)
    rows = sum(copied.rows.values())
    click.echo(f"Copied {rows:,} rows of {len(copied.rows)} tables, and found them as they were.")
