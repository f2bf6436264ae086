"""Use-cases on the database of a gateway that may be running."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from entrypoints.commands.configured import configured
from entrypoints.commands.failures import BadInput
from entrypoints.commands.passwords import read_password

if TYPE_CHECKING:
    from entrypoints.composition import Container

Outcome = TypeVar("Outcome")

PASSWORD_VARIABLE = "EMPORIA_API_PASSWORD"  # noqa: S105  # a name, no secret
PASSWORD_OPTION = "--password-file"  # noqa: S105

tenant_name = click.option(
    "--tenant", metavar="NAME", help="Whose user it is; without it, the default tenant's."
)

password_file = click.option(
    PASSWORD_OPTION,
    type=click.Path(path_type=Path),
    help=(
        f"File whose first line is the password; else {PASSWORD_VARIABLE} is taken, "
        "else it is asked for."
    ),
)


def new_password(file: Path | None, *, whose: str) -> str:
    """From the file, else from the variable, else asked for twice; raises BadInput."""
    return read_password(
        file, variable=PASSWORD_VARIABLE, option=PASSWORD_OPTION, whose=whose, is_new=True
    )


def on_database(
    do: Callable[["Container"], Awaitable[Outcome]], *, email: str = "", creates: bool = False
) -> Outcome:
    """Do something on the database in DATA_DIR; ends the command with a sentence where it fails."""
    settings = configured()

    from domain.errors import InvalidInput, UserNotFound
    from entrypoints.composition import build_container, has_database, lack_of_database, prepare

    if not creates and not has_database(settings):
        raise click.ClickException(lack_of_database(settings))
    prepare(settings)
    container = build_container(settings)

    async def done() -> Outcome:
        async with container.resources():
            container.keep_trail().listen(container.events())
            try:
                return await do(container)
            finally:
                if settings.database_url:  # nothing else tells other gateways of it
                    await container.foreign_changes().announce()

    try:
        return asyncio.run(done())
    except InvalidInput as error:
        raise BadInput(str(error)) from None
    except UserNotFound:
        raise click.ClickException(f"Nobody has the email {email}.") from None


def confirm(question: str) -> None:
    """Ask whoever sits at the terminal; ends the command unless they agree."""
    if not sys.stdin.isatty():
        raise BadInput("this can't be undone; say --yes where nobody can be asked.")
    click.confirm(question, abort=True)
