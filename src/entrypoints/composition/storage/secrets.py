"""The secrets that the gateway keeps beside its database, and what it means that one is missing."""

from pathlib import Path

from adapters.security.secrets_file import load_or_create
from adapters.sqlite.contents import Contents
from domain.counted import counted
from entrypoints.settings import Settings

TOKEN_SECRET = "token-secret"  # noqa: S105  # a file's name
SEALING_KEY = "sealing-key"

NEW_SECRET = "(umask 077; python3 -c 'import secrets; print(secrets.token_hex(32))' > {file})"  # noqa: S105


class LostFile(Exception):
    """Something that was kept is not there any more; the sentence says how to go on."""


def token_secrets(settings: Settings) -> tuple[bytes, ...]:
    """What signs tokens; blocks, and raises SecretFileUnusable."""
    return settings.token_secrets or (load_or_create(settings.data_dir / TOKEN_SECRET),)


def sealing_keys(settings: Settings) -> tuple[bytes, ...]:
    """What seals Emporia's tokens and second factors; blocks, and raises SecretFileUnusable."""
    return settings.sealing_keys or (load_or_create(settings.data_dir / SEALING_KEY),)


def secret_files(settings: Settings) -> tuple[Path, ...]:
    """The secrets that are there as files."""
    files = (settings.data_dir / SEALING_KEY, settings.data_dir / TOKEN_SECRET)
    return tuple(file for file in files if file.exists())


def refuse_lost_data(settings: Settings, contents: Contents) -> None:
    """Start no empty database where an earlier one was; raises LostFile.

    A database is older than the secrets beside it: it is made first.
    """
    found = secret_files(settings)
    if contents.version is None and found and settings.database_url:
        raise LostFile(
            f"{found[0]} is there, but the database of DATABASE_URL is empty. To move what SQLite "
            f"holds: emporia-api migrate --copy-from sqlite:///{settings.data_dir}. To begin anew "
            "without any account: emporia-api migrate"
        )
    if contents.version is None and found:
        raise LostFile(
            f"{found[0]} is there, but the database beside it is missing or empty. Restore a "
            "backup with: emporia-api restore FILE. To begin anew without any account: "
            "emporia-api migrate"
        )


def refuse_lost_secrets(settings: Settings, contents: Contents) -> None:
    """Make no secret where an earlier one is still needed; raises LostFile."""
    key, secret = settings.data_dir / SEALING_KEY, settings.data_dir / TOKEN_SECRET
    links = sum(contents.links_by_key.values())
    if contents.links_by_key and not settings.sealing_keys and not key.exists():
        raise LostFile(
            f"{key} is missing, which the tokens of {counted(links, 'linked account')} are "
            "sealed with. Put it back from a backup, or name it in SEALING_KEYS. To go on without "
            f"it, so that they have to be linked again: {NEW_SECRET.format(file=key)}"
        )
    if contents.second_factors and not settings.sealing_keys and not key.exists():
        raise LostFile(
            f"{key} is missing, which {contents.second_factors} second factors are sealed with. "
            "Put it back from a backup, or name it in SEALING_KEYS. To go on without it, so that "
            "`emporia-api user reset-second-factor` has to let these users in: "
            f"{NEW_SECRET.format(file=key)}"
        )
    if contents.known_networks and not settings.token_secrets and not secret.exists():
        raise LostFile(
            f"{secret} is missing, which logins are signed with. Put it back from a backup, or "
            "name it in TOKEN_SECRETS. To go on without it, so that everybody has to log in "
            f"again: {NEW_SECRET.format(file=secret)}"
        )
