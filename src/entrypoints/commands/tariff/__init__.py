"""`tariff`: what energy costs somebody."""

import click

from entrypoints.commands.tariff.import_ import import_


@click.group()
def tariff() -> None:
    """Bring tariffs in, by which bills are worked out.

    They can also be sent to POST /me/tariffs and filled in on the page.

    \b
    Example:
      emporia-api tariff import rate.json --email ada@example.com

    Exit codes: 0 all went well, 1 failed, 2 bad settings or usage.
    """


tariff.add_command(import_)
