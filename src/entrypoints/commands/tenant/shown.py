"""How a command shows what a client app needs."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from domain.accounts.tenants import Tenant, TenantSecret


def show_credentials(tenant: "Tenant", secret: "TenantSecret") -> None:
    """Print them for a program, and say to the person that this is the only time."""
    click.echo(f"apiKey={tenant.api_key}")
    click.echo(f"apiSecret={secret.value}")
    click.echo("Keep the secret now: it is stored as a hash, and never shown again.", err=True)
