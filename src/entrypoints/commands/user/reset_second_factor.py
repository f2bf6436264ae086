"""`user reset-second-factor`: a way in for somebody who lost the app and the recovery codes."""

from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.user.store import on_database, tenant_name

if TYPE_CHECKING:
    from entrypoints.composition import Container


@click.command(epilog=EXIT_CODES)
@click.argument("email")
@tenant_name
def reset_second_factor(email: str, tenant: str | None) -> None:
    """Let a user log in with the password alone again.

    Be sure that it is they who ask for it. Their logins go on; they can set up another.

    \b
    Examples:
      emporia-api user reset-second-factor ada@example.com
    """

    async def reset(container: "Container") -> bool:
        tenant_id = await container.find_tenant().id_of(tenant)
        return await container.reset_second_factor()(email, tenant_id=tenant_id)

    if on_database(reset, email=email):
        click.echo(f"{email} has no second factor any more.")
    else:
        click.echo(f"{email} had no second factor.")
