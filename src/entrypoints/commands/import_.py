"""`import`: files that Emporia exported, taken into the archive while no gateway runs."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES, configured
from entrypoints.commands.user.store import on_database, tenant_name
from entrypoints.watch.legible import legible

if TYPE_CHECKING:
    from application.ports.archive.import_board import Reached
    from entrypoints.composition import Container


@click.command("import", epilog=EXIT_CODES)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
)
@click.option("--email", help="Whose linked Emporia account it is.")
@tenant_name
@click.option("--account", type=int, help="The customer's number at Emporia, instead of --email.")
@click.option("--device", type=click.IntRange(min=1), help="The device's gid, if names do not fit.")
@click.option("--scale", "scale_text", help="1SEC, 1MIN, 15MIN or 1H, if the name does not tell.")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="'COLUMN=GID:CHANNEL'",
    help="The series of a column that no name leads to; again.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would be taken.")
def import_(
    files: tuple[Path, ...],
    email: str | None,
    tenant: str | None,
    account: int | None,
    device: int | None,
    scale_text: str | None,
    mapping: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Take FILES, CSVs that Emporia exported, into the archive; what Emporia told there stays.

    Every line of all files is looked at before any is kept, and a file that is taken again changes
    nothing. The gateway must not run, but for --dry-run; one that runs takes files by POST /import
    and on its page. Days (1DAY) can't be taken. Without --email and --account there must be one
    linked account alone.

    \b
    Examples:
      emporia-api import c92c0a-Home-1MIN.csv --dry-run
      emporia-api import *.csv --email me@example.com
      emporia-api import old.csv --scale 15MIN --map 'Home-Kitchen-Old fridge=1001:1'
    """
    from domain.emporia.links import AccountId
    from entrypoints.composition import alone_at_once

    async def taken(container: "Container") -> None:
        from application.archive.exchange.importing import ImportQuery
        from domain.archive.exchange.imports.matching import Wanted, parse_mapping
        from domain.archive.exchange.imports.scales import parse_scale
        from entrypoints.composition import account_of, import_from, only_linked

        wanted = Wanted(device=device, columns=parse_mapping(mapping, name="--map"))
        scale = None if scale_text is None else parse_scale(scale_text)
        if account is not None:
            owner = AccountId(account)
        elif email is not None:
            owner = await account_of(container, email=email, tenant=tenant)
        else:
            owner = await only_linked(container)
        queries = [
            (path, ImportQuery(file_name=path.name, scale=scale, wanted=wanted)) for path in files
        ]
        await import_from(container, owner, queries, _tell, keeps=not dry_run)

    with nullcontext() if dry_run else alone_at_once(configured()):
        on_database(taken, email=email or "")
    if dry_run:
        click.echo("Nothing was kept.")


def _tell(path: Path, reached: "Reached") -> None:
    from domain.archive.exchange.imports.scales import word_of
    from domain.counted import counted

    tally = reached.tally
    word = "" if reached.scale is None else f" of {word_of(reached.scale)}"
    click.echo(
        f"{path}: {counted(reached.lines or 0, 'line')}{word}; "
        f"{counted(tally.taken, 'bucket')} taken, {tally.known} known already."
    )
    if tally.differing:
        click.echo(
            f"  Of {counted(tally.overlapping, 'bucket')} that Emporia told of, {tally.differing} "
            "differ by more than 1 %; Emporia's stay."
        )
    for each in reached.unmatched:
        click.echo(legible(f"  Left out: '{each.column}', {each.reason}."))
