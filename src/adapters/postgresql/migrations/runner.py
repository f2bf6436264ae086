"""Runs the steps by alembic, whose import alone takes longer than the rest of a start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, *, to: str) -> None:
    """Go forward to this version, within the connection's transaction; blocks."""
    command.upgrade(_settings(connection), to)


def downgrade(connection: Connection, *, to: str) -> None:
    """Go back to this version, `base` being the empty database; blocks."""
    command.downgrade(_settings(connection), to)


def _settings(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
