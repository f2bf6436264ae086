"""`user add`: an account for somebody, whoever may sign up."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.user.store import new_password, on_database, password_file, tenant_name

if TYPE_CHECKING:
    from domain.accounts.users import User
    from entrypoints.composition import Container


@click.command(epilog=EXIT_CODES)
@click.argument("email")
@password_file
@tenant_name
def add(email: str, password_file: Path | None, tenant: str | None) -> None:
    """Open an account, whatever SIGNUP says.

    \b
    Examples:
      emporia-api user add ada@example.com
      emporia-api user add admin@homelab --password-file secret.txt
      emporia-api user add ada@example.com --tenant home-app
    """
    password = new_password(password_file, whose="the new user")

    from application.accounts.register import Registration

    async def added(container: "Container") -> "User":
        tenant_id = await container.find_tenant().id_of(tenant)
        registration = Registration(email=email, password=password, tenant_id=tenant_id)
        user = await container.add_user()(registration)
        await container.foreign_changes().announce()
        return user

    click.echo(f"Added {on_database(added, creates=True).email}.")
