"""Runs the steps by alembic, whose import alone takes longer than the rest of a start."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, create_engine, event


def upgrade(path: Path, *, to: str) -> None:
    """Go forward to this version; blocks."""
    _run(command.upgrade, path, to)


def downgrade(path: Path, *, to: str) -> None:
    """Go back to this version, `base` being the empty database; blocks."""
    _run(command.downgrade, path, to)


def script_settings() -> Config:
    """Where alembic finds the steps."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def _run(steps: Callable[[Config, str], None], path: Path, to: str) -> None:
    # Without Python's own transactions, which know nothing of DDL, one BEGIN spans all steps.
    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args={"isolation_level": None}
    )
    event.listen(engine, "begin", _begin_immediate)
    config = script_settings()
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            steps(config, to)
    finally:
        engine.dispose()


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock at once, so that of two processes the second finds the work done."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
