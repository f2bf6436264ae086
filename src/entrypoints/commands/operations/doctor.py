"""`doctor`: what is the matter with an installation."""

import asyncio

import click

from entrypoints.commands.failures import SettingsProblems

EXIT_CODES = "Exit codes: 0 nothing is wrong, 1 something is."
WIDTH = 12


@click.command(epilog=EXIT_CODES)
def doctor() -> None:
    """Look over the installation and say what is wrong.

    One line each: settings, DATA_DIR, database, secrets, request budgets, whether Emporia's
    services answer, and the clock beside theirs. Where something is wrong, the line says what to
    do. Changes nothing, signs in nowhere, and may run beside the gateway, as the gateway's user.

    \b
    Examples:
      emporia-api doctor
      sudo -u emporia env DATA_DIR=/var/lib/emporia-energy-api emporia-api doctor
    """
    from entrypoints.commands.configured import configured

    try:
        settings = configured()
    except SettingsProblems as invalid:
        for problem in invalid.problems:
            _say("WRONG", "settings", problem)
        raise click.exceptions.Exit(1) from None
    _say("ok", "settings", "all of them can be used")

    from domain.operations.findings import Verdict
    from entrypoints.composition.doctor import doctor as examination

    found = asyncio.run(examination(settings)())
    for finding in found:
        _say(finding.verdict, finding.about, finding.says)
    if any(finding.verdict is Verdict.WRONG for finding in found):
        raise click.exceptions.Exit(1)


def _say(verdict: str, about: str, says: str) -> None:
    click.echo(f"{verdict:5}  {about:{WIDTH}}  {says}")
