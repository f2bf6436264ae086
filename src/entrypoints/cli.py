"""The command line, `emporia-api`."""

import click

from entrypoints.commands.demo import demo
from entrypoints.commands.failures import CommandGroup
from entrypoints.commands.migrate import migrate
from entrypoints.commands.openapi import openapi
from entrypoints.commands.serve import serve
from entrypoints.commands.simulate import simulate
from entrypoints.commands.user import user
from entrypoints.commands.watch import watch


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="emporia-energy-api", prog_name="emporia-api")
def main() -> None:
    """A self-hosted, multi-user gateway to Emporia energy monitors.

    \b
    Try it without an Emporia account:  emporia-api demo
    Run it for good:                    emporia-api serve

    Settings come from the environment or a file named .env; `emporia-api serve --help` lists
    them all.
    """


for command in (serve, demo, watch, user, simulate, migrate, openapi):
    main.add_command(command)
