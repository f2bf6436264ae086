"""Starts on storage that is broken, or of which something is missing: one sentence each."""

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adapters.sqlite.faults import StorageUnusable
from entrypoints.composition import alone, gateway_runs, has_database, migrate, prepare
from entrypoints.settings import Settings

pytestmark = pytest.mark.of_sqlite("its files break; see test_postgresql.py")

PASSWORD = "correct horse"


@pytest.fixture
def database(run, tmp_path: Path) -> Path:
    """With one user in it."""
    run("user", "add", "ada@example.com", EMPORIA_API_PASSWORD=PASSWORD)
    return tmp_path / "data" / "gateway.sqlite3"


def scribble(database: Path) -> None:
    """Random bytes over the page after the first."""
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(bytes(range(256)) * 16)


def spoil_the_header(database: Path) -> None:
    """The bytes that tell SQLite in what format the file is."""
    with database.open("r+b") as file:
        file.seek(40)
        file.write(b"\xff" * 60)


def truncate(database: Path) -> None:
    with database.open("r+b") as file:
        file.truncate(5000)


@pytest.mark.parametrize(
    ("breaking", "sentence"),
    [
        (scribble, "{file} is damaged; restore a backup with: emporia-api restore FILE"),
        (spoil_the_header, "{file} is damaged; restore a backup with: emporia-api restore FILE"),
        (truncate, "{file} is damaged; restore a backup with: emporia-api restore FILE"),
        (
            lambda database: database.write_text("Dear reader, " * 1000),
            "{file} is no SQLite database; restore a backup with: emporia-api restore FILE",
        ),
        (
            lambda database: (database.unlink(), database.mkdir()),
            "{file} can't be opened; let this user read and write the file and its folder.",
        ),
    ],
    ids=["random bytes in a page", "header", "truncated", "no database", "a folder"],
)
@pytest.mark.parametrize("command", [["serve"], ["user", "list"]], ids=" ".join)
def test_broken_storage_is_one_sentence_that_says_what_to_do(
    run, database, breaking, sentence, command
):
    breaking(database)

    refused = run(*command)

    told = sentence.format(file=database.relative_to(database.parents[1]))
    assert (refused.returncode, refused.stderr) == (1, f"Error: {told}\n")


def test_a_locked_database_is_one_sentence(run, database):
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = run("serve")

    assert (refused.returncode, refused.stderr) == (
        1,
        "Error: data/gateway.sqlite3 is locked by another program; end it and try again.\n",
    )


@pytest.mark.parametrize("rest", ["no file", "an empty file"])
def test_no_empty_database_takes_the_place_of_a_lost_one(run, database, rest):
    (database.parent / "sealing-key").write_text("00" * 32)
    (database.parent / "sealing-key").chmod(0o600)
    database.unlink()
    if rest == "an empty file":
        database.touch()

    refused = run("serve")

    assert refused.returncode == 1
    assert refused.stderr.startswith(
        "Error: data/sealing-key is there, but the database beside it is missing or empty."
    )
    assert run("migrate").returncode == 0
    assert run("user", "list").returncode == 0


@pytest.mark.parametrize("look", [has_database, gateway_runs, migrate, prepare])
def test_a_folder_of_somebody_else_is_one_sentence(tmp_path, monkeypatch, look):
    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    settings = Settings(data_dir=tmp_path)
    monkeypatch.setattr(Path, "stat", refuse)

    with pytest.raises(StorageUnusable, match="let this user read and write the file and its f"):
        look(settings)


def test_a_folder_below_one_of_somebody_else_is_a_setting_that_can_not_be_used(monkeypatch):
    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "stat", refuse)

    with pytest.raises(ValueError, match="is in a folder that this user may not look into"):
        Settings(data_dir=Path("/theirs/data"))


def test_a_folder_that_can_not_be_locked_for_it_is_read_only_is_one_sentence(monkeypatch, tmp_path):
    def refuse(path: object, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr("adapters.system.folder_lock.os.open", refuse)

    with (
        pytest.raises(StorageUnusable, match="not mounted read-only"),
        alone(Settings(data_dir=tmp_path)),
    ):
        raise AssertionError("it was let in")


def later_version(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("PRAGMA user_version = 2")


def another_programs(archive: Path) -> None:
    archive.unlink()
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("CREATE TABLE songs (title)")


def without_a_table(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("DROP TABLE months")


BROKEN_ARCHIVES = {
    "random bytes in a page": (
        lambda archive: scribble_second_page(archive),
        "data/archive.sqlite3 is damaged; restore a backup with: emporia-api restore FILE",
    ),
    "no database": (
        lambda archive: archive.write_text("Dear reader, " * 1000),
        (
            "data/archive.sqlite3 is no SQLite database; restore a backup with: "
            "emporia-api restore FILE"
        ),
    ),
    "a folder": (
        lambda archive: (archive.unlink(), archive.mkdir()),
        (
            "data/archive.sqlite3 can't be opened; let this user read and write the file and its "
            "folder."
        ),
    ),
    "a later version": (
        later_version,
        (
            "data/archive.sqlite3 was written by a later version of the gateway (its tables are of "
            "version 2, this program knows 1); run that version, or restore a backup."
        ),
    ),
    "another program's": (
        another_programs,
        (
            "data/archive.sqlite3 is no archive of this gateway; restore a backup with: "
            "emporia-api restore FILE"
        ),
    ),
    "without a table": (
        without_a_table,
        (
            "data/archive.sqlite3 lacks tables or columns that were there; restore a backup with: "
            "emporia-api restore FILE"
        ),
    ),
}


def scribble_second_page(archive: Path) -> None:
    with archive.open("r+b") as file:
        file.seek(8192)
        file.write(bytes(range(256)) * 32)


@pytest.mark.parametrize(("breaking", "sentence"), BROKEN_ARCHIVES.values(), ids=BROKEN_ARCHIVES)
def test_a_broken_archive_is_one_sentence_that_says_what_to_do(run, database, breaking, sentence):
    breaking(database.with_name("archive.sqlite3"))

    refused = run("serve")

    assert (refused.returncode, refused.stderr) == (1, f"Error: {sentence}\n")


def test_an_archive_of_which_the_writing_is_refused_is_one_sentence(tmp_path, monkeypatch):
    settings = Settings(data_dir=tmp_path)
    migrate(settings)

    def refuse(path: Path) -> None:
        if path.name == "archive.sqlite3":
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr("entrypoints.composition.storage.database.try_to_write", refuse)

    with pytest.raises(StorageUnusable, match=r"archive\.sqlite3 can't be written; let this user"):
        migrate(settings)
