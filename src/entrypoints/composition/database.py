"""Where the database is, and how it comes to the newest schema."""

from pathlib import Path

from adapters.sqlite.migrate import upgrade
from entrypoints.settings import Settings


def database_file(settings: Settings) -> Path:
    """The one file that everything is kept in."""
    return settings.data_dir / "gateway.sqlite3"


def has_database(settings: Settings) -> bool:
    """Whether a gateway has ever run on these settings."""
    return database_file(settings).exists()


def migrate(settings: Settings) -> None:
    """Bring the database to the newest schema; blocks."""
    upgrade(database_file(settings))
