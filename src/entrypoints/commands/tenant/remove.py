"""`tenant remove`: a client app, its users, and all that was stored for them."""

from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.user.remove import STILL_READ
from entrypoints.commands.user.store import confirm, on_database

if TYPE_CHECKING:
    from entrypoints.composition import Container


@click.command(epilog=EXIT_CODES)
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
def remove(name: str, yes: bool) -> None:
    """Erase a tenant, all its users, and all that was stored for them.

    Their streams end, and their tokens and keys are good for nothing any more.

    \b
    Examples:
      emporia-api tenant remove home-app
      emporia-api tenant remove home-app --yes
    """
    if not yes:
        confirm(f"Erase {name}, all its users and all that was stored for them?")

    async def removed(container: "Container") -> tuple[int, bool]:
        users = await container.remove_tenant()(name)
        is_wiped = await container.erased_data().wipe()
        await container.foreign_changes().announce()
        return users, is_wiped

    users, is_wiped = on_database(removed)

    from domain.counted import counted

    click.echo(f"Removed {name} with {counted(users, 'user')}.")
    if not is_wiped:
        click.echo(STILL_READ, err=True)
