"""`user reset-password`: a way in for somebody who forgot theirs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.user.store import new_password, on_database, password_file, tenant_name

if TYPE_CHECKING:
    from entrypoints.composition import Container


@click.command(epilog=EXIT_CODES)
@click.argument("email")
@password_file
@tenant_name
def reset_password(email: str, password_file: Path | None, tenant: str | None) -> None:
    """Give a user another password.

    Every login of theirs ends with it, and so does every open stream.

    \b
    Examples:
      emporia-api user reset-password ada@example.com
      emporia-api user reset-password ada@example.com --password-file secret.txt
    """
    password = new_password(password_file, whose=email)

    from application.accounts.passwords.reset_password import PasswordReset

    async def reset(container: "Container") -> None:
        tenant_id = await container.find_tenant().id_of(tenant)
        given = PasswordReset(email=email, password=password, tenant_id=tenant_id)
        await container.reset_password()(given)
        await container.foreign_changes().announce()

    on_database(reset, email=email)
    click.echo(f"{email} has the new password, and is logged out everywhere.")
