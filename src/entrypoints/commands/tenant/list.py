"""`tenant list`: which client apps there are."""

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.user.store import on_database


@click.command(name="list", epilog=EXIT_CODES)
def list_() -> None:
    """List all tenants but the default one, the oldest first.

    A line each: when it was made, its apiKey, and its name, with tabs between. Where an old secret
    is still good, until when follows.

    \b
    Examples:
      emporia-api tenant list
      emporia-api tenant list | cut -f3
    """
    from datetime import UTC, datetime

    from domain.instants import format_instant

    now = datetime.now(UTC)
    for tenant in on_database(lambda container: container.list_tenants()()):
        told = [format_instant(tenant.created_at), tenant.api_key, str(tenant.name)]
        if tenant.old_secret is not None and tenant.old_secret.good_until > now:
            told.append(format_instant(tenant.old_secret.good_until))
        click.echo("\t".join(told))
