"""Make data, back it up, destroy it, restore it, compare row by row."""

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from stat import S_IMODE

import pyrage
import pytest

from adapters.sql.tables import metadata
from adapters.sqlite.faults import StorageUnusable
from adapters.sqlite.migrate import upgrade
from adapters.sqlite.migrations import runner
from adapters.system.private_files import left_drafts
from entrypoints.composition import back_up, look_through, restore
from entrypoints.composition.storage.backup import BackupUnusable
from entrypoints.settings import Settings

pytestmark = pytest.mark.of_sqlite("PostgreSQL is backed up by pg_dump")


@pytest.fixture
def folder(run, tmp_path: Path) -> Path:
    """A DATA_DIR with a user and key files."""
    run("user", "add", "ada@example.com", EMPORIA_API_PASSWORD="correct horse")
    folder = tmp_path / "data"
    for number, name in enumerate(("sealing-key", "token-secret")):
        (folder / name).touch(mode=0o600)
        (folder / name).write_text(f"0{number}" * 32)
    with closing(sqlite3.connect(folder / "gateway.sqlite3")) as connection, connection:
        connection.execute(
            "INSERT INTO emporia_links SELECT id, 1, 's', 'u', 0, x'01', 0, NULL FROM users"
        )
        connection.execute("INSERT INTO request_slots VALUES (1, 60, 7)")
        connection.execute("INSERT INTO utility_months VALUES (1, 1001, 0, x'0102', 60)")
    return folder


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(folder / "gateway.sqlite3")) as connection:
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall())  # noqa: S608
            for table in metadata.tables
        }


def test_what_was_destroyed_is_restored_row_by_row(run, folder, tmp_path):
    before = rows(folder)
    taken = run("backup", "copy.sqlite3")
    shutil.rmtree(folder)

    restored = run("restore", "copy.sqlite3")

    assert taken.stdout.startswith("Wrote copy.sqlite3: the database alone. It is not sealed")
    assert S_IMODE((tmp_path / "copy.sqlite3").stat().st_mode) == 0o600
    assert (restored.returncode, restored.stdout) == (0, "Restored 1 user and 1 link.\n")
    assert rows(folder) == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.sqlite3", "data"]
    assert not (folder / "sealing-key").exists()


@pytest.mark.parametrize("by", ["key", "passphrase"])
def test_a_sealed_backup_brings_the_key_files_back_too(run, folder, tmp_path, by):
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(f"# a comment\n{identity}\n")
    (tmp_path / "phrase.txt").write_text("correct horse battery staple\n")
    sealing = {
        "key": ("--recipient", str(identity.to_public())),
        "passphrase": ("--passphrase-file", "phrase.txt"),
    }[by]
    opening = {
        "key": ("--identity-file", "key.txt"),
        "passphrase": ("--passphrase-file", "phrase.txt"),
    }[by]
    before = rows(folder)
    taken = run("backup", "copy.age", *sealing)
    shutil.rmtree(folder)

    without = run("restore", "copy.age")
    restored = run("restore", "copy.age", *opening)

    assert taken.stdout == "Wrote copy.age, sealed: the database, sealing-key, token-secret.\n"
    assert b"ada@example.com" not in (tmp_path / "copy.age").read_bytes()
    assert S_IMODE((tmp_path / "copy.age").stat().st_mode) == 0o600
    assert "is sealed; name --identity-file" in without.stderr
    assert restored.returncode == 0
    assert rows(folder) == before
    assert (folder / "sealing-key").read_text() == "00" * 32
    assert S_IMODE((folder / "sealing-key").stat().st_mode) == 0o600


def test_a_stale_log_is_not_read_into_what_was_restored(run, folder):
    before = rows(folder)
    run("backup", "copy.sqlite3")
    connection = sqlite3.connect(folder / "gateway.sqlite3")
    connection.execute("DELETE FROM users")
    connection.commit()
    log = (folder / "gateway.sqlite3-wal").read_bytes()
    connection.close()
    (folder / "gateway.sqlite3-wal").write_bytes(log)

    restored = run("restore", "copy.sqlite3", "--yes")

    assert restored.returncode == 0
    assert rows(folder) == before


def test_nothing_is_restored_under_a_running_gateway(start, run, folder):
    run("backup", "copy.sqlite3")
    (folder / "extra").touch()
    with start("serve", until="Listening on"):
        beside = run("backup", "beside.sqlite3")
        refused = run("restore", "copy.sqlite3", "--yes")
        checked = run("check")

    assert beside.returncode == 0
    assert refused.returncode == 1
    assert "Another gateway runs on data" in refused.stderr
    database, archive = checked.stdout.splitlines()
    assert database.endswith("1 user, 1 link. The gateway runs.")
    assert archive == ("The archive in data is whole: version 1, 0 accounts, 0 series, 0 chunks.")


def test_what_is_no_backup_leaves_everything_as_it_was(run, folder, tmp_path):
    before = rows(folder)
    (tmp_path / "letter").write_text("Dear reader, " * 1000)

    refused = run("restore", "letter", "--yes")

    assert refused.returncode == 1
    assert "letter is no SQLite database" in refused.stderr
    assert rows(folder) == before


def test_a_backup_replaces_no_file(run, folder):
    assert (folder / "gateway.sqlite3").exists()

    refused = run("backup", "data/gateway.sqlite3")

    assert refused.returncode == 1
    assert "is there already; name a new file." in refused.stderr


def test_a_restore_that_was_cut_off_is_not_served(run, folder):
    (folder / "restore-unfinished").touch()

    assert "was cut off; run it again" in run("serve").stderr


@pytest.mark.usefixtures("folder")
def test_an_empty_recipient_leaves_no_open_backup(run, tmp_path):
    refused = run("backup", "copy.age", "--recipient", "")

    assert refused.returncode == 2
    assert "--recipient: it is empty" in refused.stderr
    assert not (tmp_path / "copy.age").exists()


LOSSES = {"a table": "DROP TABLE last_answers", "a column": "ALTER TABLE users DROP logins_since"}


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_what_lacks_something_is_neither_whole_nor_restored_nor_served(run, folder, tmp_path, loss):
    run("backup", "copy.sqlite3")
    before = rows(folder)
    for file in (tmp_path / "copy.sqlite3", tmp_path / "other" / "gateway.sqlite3"):
        file.parent.mkdir(exist_ok=True)
        if file.parent.name == "other":
            shutil.copy(folder / "gateway.sqlite3", file)
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(loss)

    restored = run("restore", "copy.sqlite3", "--yes")
    checked = run("check", DATA_DIR="other")
    migrated = run("migrate", DATA_DIR="other")

    assert "copy.sqlite3 lacks tables or columns; nothing was changed." in restored.stderr
    assert "other/gateway.sqlite3 lacks tables or columns that were there" in checked.stderr
    assert "other/gateway.sqlite3 lacks tables or columns that were there" in migrated.stderr
    assert [each.returncode for each in (restored, checked, migrated)] == [1, 1, 1]
    assert rows(folder) == before


@pytest.mark.usefixtures("folder")
def test_a_pipe_is_no_backup(run, tmp_path):
    os.mkfifo(tmp_path / "pipe")

    refused = run("restore", "pipe", "--yes")

    assert refused.stderr == "Error: pipe is a pipe or a device; name a file.\n"


@pytest.mark.usefixtures("folder")
def test_a_folder_that_is_not_there_is_told_by_its_name(run):
    refused = run("backup", "nowhere/copy.sqlite3")

    assert refused.stderr == "Error: There is no folder nowhere; make it, or name another file.\n"


STRANGE = {
    "a trigger": (
        "CREATE TRIGGER slipped_in AFTER INSERT ON users BEGIN DELETE FROM users; END",
        "holds the trigger 'slipped_in', which no gateway makes",
    ),
    "a view": (
        "CREATE VIEW people AS SELECT email FROM users",
        "holds the view 'people', which no gateway makes",
    ),
    "an index": (
        "CREATE UNIQUE INDEX odd ON users (updated_at)",
        "holds the index 'odd', which no gateway makes",
    ),
    "a table": ("CREATE TABLE more (x)", "holds the table 'more', which no gateway makes"),
    "a column": (
        "ALTER TABLE users ADD COLUMN more CHECK (more > 1)",
        "holds the table users, but not as a gateway makes it",
    ),
    "a lost index": ("DROP INDEX ix_emporia_links_subject", "lacks the index ix_emporia_links_s"),
    "rows of nobody": (
        "INSERT INTO ended_logins VALUES ('login', x'00', 0)",
        "has rows in ended_logins that belong to none in users",
    ),
    "an unknown version": (
        "UPDATE alembic_version SET version_num = '0000'",
        "is of version '0000', which no gateway has",
    ),
    "two versions": (
        "INSERT INTO alembic_version SELECT '0004' FROM alembic_version",
        "is of several versions at once",
    ),
}


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize(("statement", "sentence"), STRANGE.values(), ids=STRANGE)
def test_what_no_gateway_makes_is_neither_whole_nor_restored(tmp_path, statement, sentence):
    upgrade(tmp_path / "data" / "gateway.sqlite3")
    settings = Settings(data_dir=tmp_path / "data")
    back_up(settings, tmp_path / "copy.sqlite3", None)
    before = rows(settings.data_dir)
    change(tmp_path / "copy.sqlite3", statement)
    (tmp_path / "other").mkdir()
    shutil.copy(tmp_path / "copy.sqlite3", tmp_path / "other" / "gateway.sqlite3")

    with pytest.raises(BackupUnusable, match="nothing was changed") as refused:
        restore(settings, tmp_path / "copy.sqlite3", None)
    with pytest.raises(StorageUnusable, match="restore a backup") as checked:
        look_through(Settings(data_dir=tmp_path / "other"))

    assert sentence in str(refused.value)
    assert sentence in str(checked.value)
    assert rows(settings.data_dir) == before


@pytest.mark.parametrize("version", ["0001", "0002", "0003", "0004", "0005"])
def test_backups_of_earlier_versions_are_compared_with_what_those_made(tmp_path, version):
    settings = Settings(data_dir=tmp_path / "data")
    upgrade(tmp_path / "data" / "gateway.sqlite3")
    runner.downgrade(tmp_path / "data" / "gateway.sqlite3", to="base")
    runner.upgrade(tmp_path / "data" / "gateway.sqlite3", to=version)
    back_up(settings, tmp_path / "copy.sqlite3", None)

    assert restore(settings, tmp_path / "copy.sqlite3", None).contents.version == version

    change(tmp_path / "copy.sqlite3", "CREATE VIEW people AS SELECT email FROM users")
    with pytest.raises(BackupUnusable, match="holds the view 'people'"):
        restore(settings, tmp_path / "copy.sqlite3", None)


def test_the_tables_of_litestream_are_no_fault(tmp_path):
    settings = Settings(data_dir=tmp_path / "data")
    upgrade(tmp_path / "data" / "gateway.sqlite3")
    for table in ("_litestream_seq", "_litestream_lock"):
        change(tmp_path / "data" / "gateway.sqlite3", f"CREATE TABLE {table} (id INTEGER)")
    back_up(settings, tmp_path / "copy.sqlite3", None)

    assert restore(settings, tmp_path / "copy.sqlite3", None).contents.users == 0


def test_a_backup_removes_what_a_killed_one_has_left_and_nothing_else(tmp_path):
    settings = Settings(data_dir=tmp_path / "data")
    upgrade(tmp_path / "data" / "gateway.sqlite3")
    number = "0123456789abcdef"
    old = [f".emporia-api.monday.sqlite3.{number}", f".emporia-api.monday.sqlite3.{number}-journal"]
    others = [".hidden", f".somebody-elses.{number}", ".emporia-api.notes"]
    fresh = f".emporia-api.tuesday.sqlite3.{number}"
    for name in (*old, *others, fresh):
        for folder in (tmp_path, settings.data_dir):
            (folder / name).touch()
            if name != fresh:
                os.utime(folder / name, (0, 0))

    back_up(settings, tmp_path / "copy.sqlite3", None)

    for folder in (tmp_path, settings.data_dir):
        hidden = {file.name for file in folder.iterdir() if file.name.startswith(".")}
        assert hidden == {*others, fresh}


def test_a_backup_that_is_killed_leaves_what_the_next_one_finds(tmp_path, monkeypatch):
    settings = Settings(data_dir=tmp_path / "data")
    upgrade(tmp_path / "data" / "gateway.sqlite3")
    killed = os.fork()
    if killed == 0:
        monkeypatch.setattr(
            "entrypoints.composition.storage.backup.copy",
            lambda *_: os.kill(os.getpid(), signal.SIGKILL),
        )
        back_up(settings, tmp_path / "copy.sqlite3", None)
        os._exit(0)
    os.waitpid(killed, 0)
    monkeypatch.setattr("adapters.system.private_files.LEFT_AFTER_SECONDS", -1.0)

    left = left_drafts(tmp_path)
    back_up(settings, tmp_path / "copy.sqlite3", None)

    assert len(left) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.sqlite3", "data"]
