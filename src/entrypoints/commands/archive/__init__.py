"""`archive`: what was measured, for whoever runs the gateway."""

import click

from entrypoints.commands.archive.status import status
from entrypoints.commands.archive.verify import verify


@click.group()
def archive() -> None:
    """Tell what the archive holds, and whether it is whole.

    The archive keeps what Emporia forgets: it is the file archive.sqlite3 in DATA_DIR. Run it as
    the user that the gateway runs as.

    \b
    Examples:
      emporia-api archive status
      emporia-api archive verify
      emporia-api archive verify --repair

    Exit codes: 0 done, 1 failed or something is damaged, 2 bad settings or usage.
    """


for command in (status, verify):
    archive.add_command(command)
