"""`user remove`: an account, and all that was stored for it."""

from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.user.store import confirm, on_database, tenant_name

if TYPE_CHECKING:
    from entrypoints.composition import Container

STILL_READ = (
    "Another program reads the write-ahead log, where the email still stands; "
    "a running gateway wipes it as soon as it can, and else the next start does."
)


@click.command(epilog=EXIT_CODES)
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
@tenant_name
def remove(email: str, yes: bool, tenant: str | None) -> None:
    """Erase a user and all that was stored for them.

    Their streams end, and their tokens are good for nothing any more.

    \b
    Examples:
      emporia-api user remove ada@example.com
      emporia-api user remove ada@example.com --yes
    """
    if not yes:
        confirm(f"Erase {email} and all that was stored for them?")

    async def removed(container: "Container") -> bool:
        tenant_id = await container.find_tenant().id_of(tenant)
        await container.remove_user()(email, tenant_id=tenant_id)
        is_wiped = await container.erased_data().wipe()
        await container.foreign_changes().announce()
        return is_wiped

    is_wiped = on_database(removed, email=email)
    click.echo(f"Removed {email}.")
    if not is_wiped:
        click.echo(STILL_READ, err=True)
