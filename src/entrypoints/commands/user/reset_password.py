"""`user reset-password`: a way in for somebody who forgot theirs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.passwords import read_password
from entrypoints.commands.user.store import (
    PASSWORD_OPTION,
    PASSWORD_VARIABLE,
    on_database,
    password_file,
)

if TYPE_CHECKING:
    from entrypoints.composition import Container


@click.command(epilog=EXIT_CODES)
@click.argument("email")
@password_file
def reset_password(email: str, password_file: Path | None) -> None:
    """Give a user another password.

    Every login of theirs ends with it, and so does every open stream.

    \b
    Examples:
      emporia-api user reset-password ada@example.com
      emporia-api user reset-password ada@example.com --password-file secret.txt
    """
    password = read_password(
        password_file,
        variable=PASSWORD_VARIABLE,
        option=PASSWORD_OPTION,
        whose=email,
        is_new=True,
    )

    from application.accounts.reset_password import PasswordReset

    async def reset(container: "Container") -> None:
        await container.reset_password()(PasswordReset(email=email, password=password))
        await container.foreign_changes().announce()

    on_database(reset, email=email)
    click.echo(f"{email} has the new password, and is logged out everywhere.")
