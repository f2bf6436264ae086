"""`tenant`: the client apps that share a gateway, for whoever runs it."""

import click

from entrypoints.commands.tenant.create import create
from entrypoints.commands.tenant.list import list_
from entrypoints.commands.tenant.remove import remove
from entrypoints.commands.tenant.rotate import rotate


@click.group()
def tenant() -> None:
    """Create, list and remove tenants, and give them other secrets.

    A tenant is a client app with users of its own. It sends apiKey and apiSecret (HTTP Basic) where
    people sign up and log in. Who sends neither belongs to the default tenant.

    Works on the database in DATA_DIR, whether or not a gateway runs on it: one that does notices
    within a second. Run it as the user that the gateway runs as.

    \b
    Examples:
      emporia-api tenant create home-app
      emporia-api tenant list
      emporia-api tenant rotate home-app --overlap-hours 24
      emporia-api tenant remove home-app

    Exit codes: 0 done, 1 failed, 2 bad settings or usage.
    """


for command in (create, list_, rotate, remove):
    tenant.add_command(command)
