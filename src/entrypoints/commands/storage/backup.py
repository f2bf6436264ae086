"""`backup`: everything in one file, while the gateway runs."""

from pathlib import Path

import click

from entrypoints.commands.configured import EXIT_CODES, configured
from entrypoints.commands.failures import BadInput
from entrypoints.commands.passwords import read_password

PASSPHRASE_VARIABLE = "EMPORIA_API_PASSPHRASE"  # noqa: S105  # a name, no secret
PASSPHRASE_OPTION = "--passphrase-file"  # noqa: S105

passphrase_file = click.option(
    PASSPHRASE_OPTION,
    type=click.Path(path_type=Path),
    help="File whose first line is the passphrase.",
)


@click.command(epilog=EXIT_CODES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--recipient", help="Seal to this public key of age (age1...).")
@passphrase_file
@click.option("--without-archive", is_flag=True, help="Leave out what was measured.")
def backup(
    file: Path, recipient: str | None, passphrase_file: Path | None, without_archive: bool
) -> None:
    """Copy the database and the archive into FILE, also while the gateway runs.

    Sealed by age, the file holds the key files of DATA_DIR too; otherwise it leaves them out, and
    is a tar of both SQLite files, or the database alone where there is no archive. Keys that are
    settings are in neither. Nobody else can read FILE. DATA_DIR needs room for another copy, or
    for two where it is sealed.

    \b
    Examples:
      emporia-api backup emporia.tar
      emporia-api backup emporia.sqlite3 --without-archive
      emporia-api backup emporia.age --recipient age1...
      emporia-api backup emporia.age --passphrase-file secret.txt
    """
    if recipient is not None and not recipient.strip():
        # A variable of a script that is not set: what was to be sealed would lie open.
        raise BadInput("--recipient: it is empty, but has to be a public key of age (age1...).")
    if recipient and passphrase_file:
        raise BadInput("--recipient and --passphrase-file exclude each other.")
    settings = configured()

    from entrypoints.composition import Seal, back_up

    seal = None
    if recipient:
        seal = Seal(key=recipient)
    elif passphrase_file:
        seal = Seal(passphrase=passphrase_of(passphrase_file))
    found = back_up(settings, file, seal, with_archive=not without_archive)
    left_out = " The archive is left out." if without_archive else ""
    if seal is None:
        what = "the database and the archive" if found.has_archive else "the database alone"
        click.echo(
            f"Wrote {file}: {what}. It is not sealed, so the key files of "
            f"{settings.data_dir} are not in it; keep them elsewhere.{left_out}"
        )
        return
    names = ["the database", *(["the archive"] if found.has_archive else [])]
    names += [secret.name for secret in found.secrets]
    click.echo(f"Wrote {file}, sealed: {', '.join(names)}.{left_out}")


def passphrase_of(file: Path) -> str:
    """The first line; raises BadInput."""
    return read_password(
        file, variable=PASSPHRASE_VARIABLE, option=PASSPHRASE_OPTION, whose="the backup"
    )
