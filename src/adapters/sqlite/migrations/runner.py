"""Runs the steps by alembic, whose import alone takes longer than the rest of a start."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection


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


def versions() -> frozenset[str]:
    """Every version that there is a step to."""
    steps = ScriptDirectory.from_config(script_settings()).walk_revisions()
    return frozenset(step.revision for step in steps)


def parts_of(version: str) -> list[tuple[str, str, str | None]]:
    """Kind, name and text of all that is in a new database of this version; blocks."""
    with _stepping(":memory:") as (connection, config):
        command.upgrade(config, version)
        found = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master")
        return [(kind, name, sql) for kind, name, sql in found]


def _run(steps: Callable[[Config, str], None], path: Path, to: str) -> None:
    with _stepping(str(path)) as (_, config):
        steps(config, to)


@contextmanager
def _stepping(database: str) -> Iterator[tuple[Connection, Config]]:
    """A transaction in which steps are taken, and what alembic has to be told of it."""
    # Without Python's own transactions, which know nothing of DDL, one BEGIN spans all steps.
    engine = create_engine(
        URL.create("sqlite", database=database), connect_args={"isolation_level": None}
    )
    event.listen(engine, "connect", _let_rebuild)
    event.listen(engine, "begin", _begin_immediate)
    config = script_settings()
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            yield connection, config
    finally:
        engine.dispose()


def _let_rebuild(connection: DBAPIConnection, _: object) -> None:
    """Overwrite what a step drops, and let nothing go with a table that is made anew.

    Steps look themselves whether all references hold; within a transaction neither can be set.
    """
    cursor = connection.cursor()
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.execute("PRAGMA foreign_keys = OFF")


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock at once, so that of two processes the second finds the work done."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
