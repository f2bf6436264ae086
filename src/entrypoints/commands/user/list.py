"""`user list`: who has an account."""

from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.user.store import on_database

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.accounts.tenants import Tenant
    from domain.accounts.users import User
    from entrypoints.composition import Container


@click.command(name="list", epilog=EXIT_CODES)
def list_() -> None:
    """List all users, the oldest first.

    A line each: when the account was opened, its id, and its email, with tabs between. The name of
    its tenant follows, where it is not of the default one.

    \b
    Examples:
      emporia-api user list
      DATA_DIR=/var/lib/emporia-api emporia-api user list | cut -f3
    """
    from domain.instants import format_instant

    async def listed(container: "Container") -> "tuple[Sequence[User], Sequence[Tenant]]":
        return await container.list_users()(), await container.list_tenants()()

    users, tenants = on_database(listed)
    names = {tenant.id: tenant.name for tenant in tenants}
    for user in users:
        told = [format_instant(user.created_at), str(user.id), str(user.email)]
        if user.tenant_id is not None:
            told.append(str(names[user.tenant_id]))
        click.echo("\t".join(told))
