"""`user list`: who has an account."""

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.user.store import on_database


@click.command(name="list", epilog=EXIT_CODES)
def list_() -> None:
    """List all users, the oldest first.

    A line each: when the account was opened, its id, and its email, with tabs between.

    \b
    Examples:
      emporia-api user list
      DATA_DIR=/var/lib/emporia-api emporia-api user list | cut -f3
    """
    from domain.instants import format_instant

    for user in on_database(lambda container: container.list_users()()):
        click.echo(f"{format_instant(user.created_at)}\t{user.id}\t{user.email}")
