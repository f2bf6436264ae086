"""The migrations lead to exactly the tables that the repositories use, and back."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from adapters.sql.tables import metadata
from adapters.sqlite import migrations
from adapters.sqlite.migrate import HEAD, DatabaseTooNew, upgrade
from adapters.sqlite.migrations import runner

LONGEST_SECONDS = 600
"""Until a process is given up: what it loads is asked, not how fast a busy machine starts it."""

STEPS = list(ScriptDirectory.from_config(runner.script_settings()).walk_revisions())


def table_names(database: Path) -> list[str]:
    engine = create_engine(f"sqlite:///{database}")
    names = inspect(engine).get_table_names()
    engine.dispose()
    return names


def test_the_known_head_is_the_last_step() -> None:
    assert STEPS[0].revision == HEAD


def test_migrations_lead_to_exactly_the_tables_in_use(database: Path) -> None:
    upgrade(database)
    engine = create_engine(f"sqlite:///{database}")

    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()

    assert differences == []


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.revision)
def test_every_step_goes_up_down_and_up_again(database: Path, step) -> None:
    upgrade(database)
    before = step.down_revision or "base"
    runner.downgrade(database, to=before)

    runner.upgrade(database, to=step.revision)
    runner.downgrade(database, to=before)
    runner.upgrade(database, to=step.revision)

    assert "alembic_version" in table_names(database)


def test_going_back_to_the_base_leaves_no_table_behind(database: Path) -> None:
    upgrade(database)

    runner.downgrade(database, to="base")

    assert table_names(database) == ["alembic_version"]


def test_what_a_step_drops_is_overwritten(database: Path) -> None:
    upgrade(database)
    runner.downgrade(database, to="0005")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("INSERT INTO emporia_accounts VALUES ('subject-of-somebody', 4711)")

    upgrade(database)

    assert b"subject-of-somebody" not in database.read_bytes()


def test_an_up_to_date_file_is_left_alone_without_loading_alembic(database: Path) -> None:
    upgrade(database)
    program = (
        "import sys; from pathlib import Path; from adapters.sqlite.migrate import upgrade; "
        "upgrade(Path(sys.argv[1])); sys.exit('alembic' in sys.modules)"
    )

    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, database],
        env={"PYTHONPATH": str(Path(runner.__file__).parents[3])},
        timeout=LONGEST_SECONDS,
        check=False,
    )

    assert result.returncode == 0


def test_an_up_to_date_file_needs_none_of_the_steps(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(database)
    monkeypatch.delattr(migrations, "runner")
    monkeypatch.setitem(sys.modules, runner.__name__, None)

    upgrade(database)


async def test_upgrades_at_once_end_in_one_good_database(database: Path) -> None:
    await asyncio.gather(*(asyncio.to_thread(upgrade, database) for _ in range(2)))

    assert set(table_names(database)) == {*metadata.tables, "alembic_version"}


def test_a_file_of_a_later_version_is_refused_untouched(database: Path) -> None:
    upgrade(database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseTooNew, match="later version"):
        upgrade(database)
