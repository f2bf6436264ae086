"""`audit`: what happened to all accounts."""

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.trail import told
from entrypoints.commands.user.store import on_database

MOST = 10_000


@click.command(epilog=EXIT_CODES)
@click.option(
    "--last",
    type=click.IntRange(1, MOST),
    default=100,
    show_default=True,
    help="How many of the newest events are listed.",
)
def audit(last: int) -> None:
    """List what happened to all accounts, the newest first.

    A line each: when, the id of the user (- for an account that was deleted), what, who did it,
    and details, with tabs between. AUDIT_DAYS says how long it is kept.

    \b
    Examples:
      emporia-api audit
      emporia-api audit --last 1000 | grep sign_in_failed
    """
    for line in on_database(lambda container: container.read_audit()(most=last)):
        at, *rest = told(line)
        click.echo("\t".join((at, str(line.user_id or "-"), *rest)))
