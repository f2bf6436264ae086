"""`restore`: a backup in the place of what is there."""

from pathlib import Path

import click

from domain.counted import counted
from entrypoints.commands.configured import EXIT_CODES, configured
from entrypoints.commands.failures import BadInput
from entrypoints.commands.storage.backup import passphrase_file, passphrase_of
from entrypoints.commands.user.store import confirm


@click.command(epilog=EXIT_CODES)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--identity-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File with the secret key of age that FILE was sealed to.",
)
@passphrase_file
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
def restore(
    file: Path, identity_file: Path | None, passphrase_file: Path | None, yes: bool
) -> None:
    """Put the backup FILE in the place of the database and the archive in DATA_DIR.

    The gateway must not run. FILE is looked through before anything is touched. Whoever left or
    logged out since the backup is back. An archive stays where FILE holds none.

    \b
    Examples:
      emporia-api restore emporia.tar
      emporia-api restore emporia.age --identity-file key.txt
    """
    if identity_file and passphrase_file:
        raise BadInput("--identity-file and --passphrase-file exclude each other.")
    settings = configured()

    from entrypoints.composition import Seal, alone_at_once, has_database
    from entrypoints.composition import restore as put_back

    seal = None
    if identity_file:
        seal = Seal(key=identity_file.read_text(encoding="utf-8", errors="replace"))
    elif passphrase_file:
        seal = Seal(passphrase=passphrase_of(passphrase_file))
    with alone_at_once(settings):
        if has_database(settings) and not yes:
            confirm(f"Replace the database in {settings.data_dir}?")
        restored = put_back(settings, file, seal)
    users = counted(restored.contents.users, "user")
    click.echo(f"Restored {users} and {counted(restored.contents.links, 'link')}.")
    if restored.archive is not None:
        series = f"{restored.archive.series} series"
        click.echo(f"Restored the archive: {series}, {counted(restored.archive.chunks, 'chunk')}.")
    elif restored.kept_archive:
        click.echo(
            f"{file} holds no archive; the one in {settings.data_dir} stays as it was. What nobody "
            "has linked goes after ARCHIVE_KEEP_DAYS_AFTER_UNLINK."
        )
