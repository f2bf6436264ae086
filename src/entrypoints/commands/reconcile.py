"""`reconcile`: the utility's own readings beside what the archive holds."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import EXIT_CODES
from entrypoints.commands.user.store import on_database, tenant_name
from entrypoints.watch.legible import legible

if TYPE_CHECKING:
    from application.billing.reconcile import Reconciled
    from entrypoints.composition import Container


@click.command(epilog=EXIT_CODES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--email", required=True, help="Whose home and tariff it is.")
@tenant_name
@click.option("--home", type=click.IntRange(min=1), help="The gid of a panel of it, if several.")
@click.option("--hours", "shows_hours", is_flag=True, help="Show every hour too.")
def reconcile(
    file: Path, email: str, tenant: str | None, home: int | None, shows_hours: bool
) -> None:
    """Compare FILE, a Green Button file of the utility's, with what the archive holds.

    Hour by hour: how much both differ, what that looks like (a clamp that is missing, hours that
    are shifted, a multiplier), and what the hours that both know cost by each. Nothing is kept.

    \b
    Examples:
      emporia-api reconcile usage.xml --email me@example.com
      emporia-api reconcile usage.xml --email me@example.com --home 1001 --hours
    """

    async def compared(container: "Container") -> "Reconciled":
        from entrypoints.composition import link_of

        link = await link_of(container, email=email, tenant=tenant)
        return await container.reconcile()(link, file, home=home)

    _tell(on_database(compared, email=email), shows_hours=shows_hours)


def _tell(told: "Reconciled", *, shows_hours: bool) -> None:
    from domain.archive.energy import MILLIJOULES_PER_KWH
    from domain.counted import counted
    from domain.instants import format_seconds

    pairs = told.comparison.pairs
    ours, theirs = (
        sum(column) / MILLIJOULES_PER_KWH
        for column in ([pair.ours for pair in pairs], [pair.theirs for pair in pairs])
    )
    click.echo(f"{legible(told.home.name or 'Home')}: {counted(len(pairs), 'hour')} compared.")
    click.echo(f"Taken from the grid: {ours:,.3f} kWh here, {theirs:,.3f} kWh by the utility.")
    for finding in told.comparison.findings:
        click.echo(f"{finding.reason}: {finding.sentence}")
    for sentence in told.readings.left_out:
        click.echo(f"left_out: {sentence}")
    if told.bills is not None:
        code = told.bills.currency.code
        ours_cost, theirs_cost = told.bills.ours, told.bills.theirs
        click.echo(f"Their cost: {ours_cost} {code} here, {theirs_cost} {code} by the utility.")
    if shows_hours:
        for pair in pairs:
            here, there = (each / MILLIJOULES_PER_KWH for each in (pair.ours, pair.theirs))
            start = format_seconds(pair.start)
            click.echo(f"{start}\t{here:.3f}\t{there:.3f}\t{here - there:+.3f}")
