"""`export`: what was measured, as files, while the gateway runs."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.user.store import on_database, tenant_name

if TYPE_CHECKING:
    from entrypoints.composition import Container


@click.command(epilog=EXIT_CODES)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The new file or folder."
)
@click.option(
    "--format",
    "format_text",
    default="csv",
    show_default=True,
    metavar="FORMAT",
    help="csv or parquet; a CSV whose name ends in .gz is compressed.",
)
@click.option("--scale", "scale_text", default="1H", show_default=True, help="1S, 1MIN ... 1Y.")
@click.option("--series", "names", multiple=True, metavar="GID:CHANNEL", help="Only this; again.")
@click.option("--from", "start", metavar="INSTANT", help="Where it begins; the oldest if left out.")
@click.option("--to", "end", metavar="INSTANT", help="Where it ends, exclusive; now if left out.")
@click.option("--email", help="Whose linked Emporia account it is.")
@tenant_name
@click.option("--account", type=int, help="The customer's number at Emporia, instead of --email.")
def export(
    out: Path,
    format_text: str,
    scale_text: str,
    names: tuple[str, ...],
    start: str | None,
    end: str | None,
    email: str | None,
    tenant: str | None,
    account: int | None,
) -> None:
    """Write what the archive holds to --out, also while the gateway runs.

    Parquet becomes a folder of files by device, channel and month (UTC), which DuckDB and others
    read at once, or one file where the name ends in .parquet. Without --email and --account there
    must be one account alone. Nobody else can read what is written, and nothing is replaced.

    \b
    Examples:
      emporia-api export --out hours.csv
      emporia-api export --out minutes --format parquet --scale 1MIN --from 2026-01-01
      duckdb -c "select sum(millijoules) from read_parquet('minutes/**/*.parquet')"
    """
    from domain.archive.exchange.exports import ExportFormat
    from domain.archive.series import SeriesName
    from domain.counted import counted
    from domain.emporia.links import AccountId
    from domain.emporia.usage import Scale
    from domain.instants import parse_instant

    def instant(text: str | None, option: str) -> datetime | None:
        return None if text is None else parse_instant(text, name=option)

    async def written(container: "Container") -> int:
        from application.archive.exchange.plan_export import ExportQuery
        from entrypoints.composition import account_of, export_to, only_account

        query = ExportQuery(
            names=[SeriesName.parse(name) for name in names],
            start=instant(start, "--from"),
            end=instant(end, "--to"),
            scale=Scale.parse(scale_text),
        )
        export_format = ExportFormat.parse(format_text)
        if account is not None:
            owner = AccountId(account)
        elif email is not None:
            owner = await account_of(container, email=email, tenant=tenant)
        else:
            owner = await only_account(container)
        plan = await container.plan_export().of_account(owner, query)
        return await export_to(container, plan, out, export_format)

    rows = on_database(written, email=email or "")
    click.echo(f"Wrote {out}: {counted(rows, 'row')}.")
