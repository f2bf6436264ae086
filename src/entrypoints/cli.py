"""The command line, `emporia-api`."""

import click

from entrypoints.commands.archive import archive
from entrypoints.commands.audit import audit
from entrypoints.commands.cluster import cluster
from entrypoints.commands.demo import demo
from entrypoints.commands.export import export
from entrypoints.commands.failures import CommandGroup
from entrypoints.commands.import_ import import_
from entrypoints.commands.openapi import openapi
from entrypoints.commands.operations.doctor import doctor
from entrypoints.commands.operations.health import health
from entrypoints.commands.reconcile import reconcile
from entrypoints.commands.serve import serve
from entrypoints.commands.simulate import simulate
from entrypoints.commands.storage.backup import backup
from entrypoints.commands.storage.check import check
from entrypoints.commands.storage.migrate import migrate
from entrypoints.commands.storage.restore import restore
from entrypoints.commands.tariff import tariff
from entrypoints.commands.tenant import tenant
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


COMMANDS = (
    serve,
    demo,
    watch,
    user,
    audit,
    tenant,
    doctor,
    cluster,
    health,
    simulate,
    migrate,
    backup,
    restore,
    check,
    export,
    import_,
    reconcile,
    tariff,
    archive,
    openapi,
)
for command in COMMANDS:
    main.add_command(command)
