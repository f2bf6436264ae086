"""`tenant rotate`: another secret for a client app."""

from datetime import timedelta
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
@click.option(
    "--overlap-hours",
    metavar="HOURS",
    type=click.IntRange(0, 720),
    default=0,
    help="How long the old secret stays good, 720 at most; without it, it ends at once.",
)
def rotate(name: str, overlap_hours: int) -> None:
    """Give a tenant another secret, and show it, this once.

    The apiKey stays, and nobody is logged out. A secret from before the last one ends at once.

    \b
    Examples:
      emporia-api tenant rotate home-app
      emporia-api tenant rotate home-app --overlap-hours 24
    """

    async def rotated(container: "Container") -> "tuple[Tenant, TenantSecret]":
        overlap = timedelta(hours=overlap_hours)
        return await container.rotate_tenant()(name, overlap=overlap)

    tenant, secret = on_database(rotated)
    show_credentials(tenant, secret)
