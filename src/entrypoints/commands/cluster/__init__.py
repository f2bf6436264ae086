"""`cluster`: the nodes, for whoever runs them."""

import click

from entrypoints.commands.cluster.status import status


@click.group()
def cluster() -> None:
    """Tell of the nodes that serve one installation together.

    They find each other through NATS; see NATS_URL.

    \b
    Examples:
      emporia-api cluster status
      emporia-api cluster status --json

    Exit codes: 0 done, 1 failed, 2 bad settings or usage.
    """


cluster.add_command(status)
