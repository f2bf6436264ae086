"""`tenant create`: a client app with users of its own."""

from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.tenant.shown import show_credentials
from entrypoints.commands.user.store import on_database

if TYPE_CHECKING:
    from domain.accounts.tenants import Tenant, TenantSecret
    from entrypoints.composition import Container


@click.command(epilog=EXIT_CODES)
@click.argument("name")
def create(name: str) -> None:
    """Make a tenant, and show its secret, which is never shown again.

    A name has 1 to 64 small letters, digits and hyphens.

    \b
    Examples:
      emporia-api tenant create home-app
    """

    async def created(container: "Container") -> "tuple[Tenant, TenantSecret]":
        return await container.create_tenant()(name)

    tenant, secret = on_database(created, creates=True)
    show_credentials(tenant, secret)
