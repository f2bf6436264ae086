"""`user events`: what happened to somebody's account."""

from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.trail import told
from entrypoints.commands.user.store import on_database, tenant_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.accounts.trail import TrailLine
    from entrypoints.composition import Container


@click.command(epilog=EXIT_CODES)
@click.argument("email")
@tenant_name
def events(email: str, tenant: str | None) -> None:
    """List what happened to a user's account, the newest first.

    A line each: when, what, who did it, and details, with tabs between. AUDIT_DAYS says how long
    it is kept.

    \b
    Examples:
      emporia-api user events ada@example.com
      emporia-api user events ada@example.com | grep sign_in_failed
    """

    async def listed(container: "Container") -> "Sequence[TrailLine]":
        tenant_id = await container.find_tenant().id_of(tenant)
        return await container.list_events_of()(email, tenant_id=tenant_id)

    for line in on_database(listed, email=email):
        click.echo("\t".join(told(line)))
