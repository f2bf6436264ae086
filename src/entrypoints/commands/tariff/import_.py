"""`tariff import`: a rate of the Utility Rate Database, taken as somebody's tariff."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.failures import BadInput
from entrypoints.commands.user.store import on_database, tenant_name

if TYPE_CHECKING:
    from domain.billing.tariffs.kept import KeptTariff
    from domain.billing.urdb.read import ReadTariff
    from entrypoints.composition import Container

LARGEST_BYTES = 1_000_000
"""The largest rate there has some 60 KB."""


@click.command("import", epilog=EXIT_CODES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--email", required=True, help="Whose tariff it is.")
@tenant_name
@click.option(
    "--panel",
    "panels",
    multiple=True,
    type=click.IntRange(min=1),
    help="The gid of a panel of the home that it is for; again. Without it: all homes.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would be kept, and what not.")
def import_(
    file: Path, email: str, tenant: str | None, panels: tuple[int, ...], dry_run: bool
) -> None:
    """Keep FILE, a rate of OpenEI's Utility Rate Database, as a tariff; a gateway may run.

    FILE is JSON as the database's API has it: one of its `items`, or an answer that holds just
    one. What of it is not supported is named, a line each.

    \b
    Examples:
      emporia-api tariff import rate.json --email ada@example.com --dry-run
      emporia-api tariff import rate.json --email ada@example.com --panel 1001
    """
    read = _read(file)

    async def kept(container: "Container") -> "KeptTariff | None":
        tenant_id = await container.find_tenant().id_of(tenant)
        return await container.keep_tariff_of()(
            email,
            read.tariff,
            panels=frozenset(panels),
            keeps=not dry_run,
            tenant_id=tenant_id,
        )

    told = on_database(kept, email=email)
    tariff = read.tariff
    click.echo(f"{tariff.name} ({tariff.currency.code}), since {tariff.rates[-1].since}.")
    for sentence in read.left_out:
        click.echo(f"left_out: {sentence}")
    click.echo("Nothing was kept." if told is None else f"Kept as {told.id}.")


def _read(file: Path) -> "ReadTariff":
    """Raises BadInput."""
    import msgspec

    from domain.billing.errors import TariffUnacceptable
    from domain.billing.urdb.read import read_urdb

    if file.stat().st_size > LARGEST_BYTES:
        raise BadInput(f"{file} is larger than {LARGEST_BYTES // 1_000_000} MB.")
    try:
        document = msgspec.json.decode(file.read_bytes(), type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadInput(f"{file} is no JSON object, as a rate of the database is.") from None
    try:
        return read_urdb(document)
    except TariffUnacceptable as error:
        raise BadInput(f"{file}: {error}") from None
