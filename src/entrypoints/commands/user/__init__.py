"""`user`: the accounts of a gateway, for whoever runs it."""

import click

from entrypoints.commands.user.add import add
from entrypoints.commands.user.events import events
from entrypoints.commands.user.list import list_
from entrypoints.commands.user.remove import remove
from entrypoints.commands.user.reset_password import reset_password
from entrypoints.commands.user.reset_second_factor import reset_second_factor


@click.group()
def user() -> None:
    """List, add and remove users, reset passwords and second factors, read what happened to them.

    Works on the database in DATA_DIR, whether or not a gateway runs on it: one that does notices
    within a second. Run it as the user that the gateway runs as.

    \b
    Examples:
      emporia-api user list
      emporia-api user add ada@example.com
      emporia-api user reset-password ada@example.com
      emporia-api user reset-second-factor ada@example.com
      emporia-api user remove ada@example.com
      emporia-api user events ada@example.com

    Exit codes: 0 done, 1 failed, 2 bad settings or usage.
    """


for command in (list_, add, reset_password, reset_second_factor, remove, events):
    user.add_command(command)
