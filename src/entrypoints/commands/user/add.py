"""`user add`: an account for somebody, whoever may sign up."""

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
    from domain.accounts.users import User
    from entrypoints.composition import Container


@click.command(epilog=EXIT_CODES)
@click.argument("email")
@password_file
def add(email: str, password_file: Path | None) -> None:
    """Open an account, whatever SIGNUP says.

    \b
    Examples:
      emporia-api user add ada@example.com
      emporia-api user add admin@homelab --password-file secret.txt
    """
    password = read_password(
        password_file,
        variable=PASSWORD_VARIABLE,
        option=PASSWORD_OPTION,
        whose="the new user",
        is_new=True,
    )

    from application.accounts.register import Registration

    async def added(container: "Container") -> "User":
        user = await container.add_user()(Registration(email=email, password=password))
        await container.foreign_changes().announce()
        return user

    click.echo(f"Added {on_database(added, creates=True).email}.")
