"""The archive in a backup: taken, destroyed, put back, compared row by row."""

import io
import shutil
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from adapters.security.age import SealRefused
from adapters.sql.archive.tables import metadata
from entrypoints.composition import Seal, back_up, look_through_archive, restore
from entrypoints.composition.storage.backup import BackupUnusable
from entrypoints.composition.storage.database import RestoreCutOff, migrate
from entrypoints.settings import Settings
from tests.integration.archive.planted import planted

pytestmark = pytest.mark.of_sqlite("PostgreSQL is backed up by pg_dump")

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
MINUTES: list[float | None] = [minute % 7 / 1000 for minute in range(3 * 1440)]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A DATA_DIR with three days of minutes."""
    return planted(tmp_path / "data", MARCH, MINUTES)


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as connection:
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall())  # noqa: S608
            for table in metadata.tables
        }


def change(archive: Path, *statements: str) -> None:
    with closing(sqlite3.connect(archive, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("seal", ["none", "key"])
def test_an_archive_that_was_destroyed_is_restored_row_by_row(run, settings, tmp_path, seal):
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(str(identity))
    sealing = ("--recipient", str(identity.to_public())) if seal == "key" else ()
    opening = ("--identity-file", "key.txt") if seal == "key" else ()
    before = rows(settings.data_dir)

    taken = run("backup", "copy", *sealing)
    shutil.rmtree(settings.data_dir)
    restored = run("restore", "copy", *opening)

    assert "the archive" in taken.stdout
    assert restored.stdout.endswith("Restored the archive: 1 series, 3 chunks.\n")
    assert len(before["chunks"]) == 3
    assert rows(settings.data_dir) == before
    with closing(sqlite3.connect(settings.data_dir / "archive.sqlite3")) as connection:
        assert connection.execute("PRAGMA page_size").fetchone() == (8192,)


def test_a_copy_has_what_was_committed_when_it_was_taken_and_nothing_else(settings, tmp_path):
    archive = settings.data_dir / "archive.sqlite3"
    with closing(sqlite3.connect(archive, isolation_level=None)) as writer:
        writer.execute("UPDATE chunks SET asked = 1")  # stands in the write-ahead log alone
        before = rows(settings.data_dir)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM chunks")
        back_up(settings, tmp_path / "copy", None)
        writer.execute("COMMIT")

    assert rows(settings.data_dir)["chunks"] == []
    restore(settings, tmp_path / "copy", None)
    assert rows(settings.data_dir) == before


def test_a_backup_without_the_archive_says_so_and_leaves_the_one_that_is_there(
    run, settings, tmp_path
):
    before = rows(settings.data_dir)

    taken = run("backup", "copy.sqlite3", "--without-archive")
    restored = run("restore", "copy.sqlite3", "--yes")

    assert taken.stdout.startswith("Wrote copy.sqlite3: the database alone.")
    assert taken.stdout.endswith("The archive is left out.\n")
    assert (tmp_path / "copy.sqlite3").read_bytes().startswith(b"SQLite format 3")
    assert "copy.sqlite3 holds no archive; the one in data stays as it was." in restored.stdout
    assert rows(settings.data_dir) == before


STRANGE = {
    "a trigger": (
        "CREATE TRIGGER slipped_in AFTER INSERT ON chunks BEGIN DELETE FROM months; END",
        "holds the trigger 'slipped_in', which no gateway makes",
    ),
    "a table": ("CREATE TABLE more (x)", "holds the table 'more', which no gateway makes"),
    "a column": (
        "ALTER TABLE months ADD COLUMN more CHECK (more > 1)",
        "holds the table months, but not as a gateway makes it",
    ),
    "a lost table": ("DROP TABLE devices", "lacks"),
    "rows of nobody": (
        "INSERT INTO months VALUES (99, 0, x'00')",
        "has rows in months that belong to none in series",
    ),
    "a later version": ("PRAGMA user_version = 2", "later version"),
}


@pytest.mark.parametrize(("statement", "sentence"), STRANGE.values(), ids=STRANGE)
def test_an_archive_that_no_gateway_makes_is_neither_whole_nor_restored(
    run, settings, tmp_path, statement, sentence
):
    other = tmp_path / "other"
    shutil.copytree(settings.data_dir, other)
    change(other / "archive.sqlite3", statement)
    with tarfile.open(tmp_path / "copy", "w") as tar:
        for name in ("gateway.sqlite3", "archive.sqlite3"):
            tar.add(other / name, name)
    before = rows(settings.data_dir)

    with pytest.raises(BackupUnusable, match="nothing was changed") as refused:
        restore(settings, tmp_path / "copy", None)
    checked = run("check", DATA_DIR="other")

    assert sentence in str(refused.value)
    assert checked.returncode == 1
    assert sentence in checked.stderr
    assert rows(settings.data_dir) == before


def test_a_tar_that_is_not_sealed_brings_no_keys(settings, tmp_path):
    back_up(settings, tmp_path / "copy", None)
    with tarfile.open(tmp_path / "copy", "a") as tar:
        member = tarfile.TarInfo("sealing-key")
        member.size = 64
        tar.addfile(member, io.BytesIO(b"0" * 64))

    restore(settings, tmp_path / "copy", None)

    assert not (settings.data_dir / "sealing-key").exists()


def test_a_restore_cut_off_between_the_two_files_is_not_worked_with(
    settings, tmp_path, monkeypatch
):
    back_up(settings, tmp_path / "copy", None)
    replaced: list[Path] = []

    def replace(database: Path, *, by: Path) -> None:
        replaced.append(database)
        if len(replaced) == 2:
            raise OSError("the power is cut")
        by.replace(database)

    monkeypatch.setattr("entrypoints.composition.storage.backup.replace", replace)
    with pytest.raises(OSError, match="the power is cut"):
        restore(settings, tmp_path / "copy", None)

    assert [file.name for file in replaced] == ["archive.sqlite3", "gateway.sqlite3"]
    with pytest.raises(RestoreCutOff):
        migrate(settings)
    monkeypatch.undo()
    restore(settings, tmp_path / "copy", None)
    migrate(settings)


def test_what_is_too_large_for_a_passphrase_is_refused_and_leaves_nothing(
    settings, tmp_path, monkeypatch
):
    monkeypatch.setattr("entrypoints.composition.storage.packing.MOST_BY_PASSPHRASE", 10_000)

    with pytest.raises(SealRefused, match="name --recipient, or leave the archive out"):
        back_up(settings, tmp_path / "copy", Seal(passphrase="correct horse"))

    assert not (tmp_path / "copy").exists()


def test_where_there_is_no_archive_yet_the_backup_is_the_database(settings, tmp_path):
    (settings.data_dir / "archive.sqlite3").unlink()

    assert not back_up(settings, tmp_path / "copy", None).has_archive
    assert look_through_archive(settings) is None
    restored = restore(settings, tmp_path / "copy", None)
    assert (restored.archive, restored.kept_archive) == (None, False)
