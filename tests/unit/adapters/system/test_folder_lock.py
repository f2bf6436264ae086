"""One gateway a folder, whatever the file system can do."""

import errno
import logging
import os
from contextlib import ExitStack
from pathlib import Path
from stat import S_IMODE

import pytest

from adapters.system.folder_lock import LOCK_FILE, FolderNotMade, FolderTaken, is_locked, locked


def never(_: float) -> None:
    raise AssertionError("nothing was to be waited for")


def test_a_folder_is_made_and_locked_in_private(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    with locked(folder, patience_seconds=0, sleep=never):
        assert is_locked(folder)

    assert S_IMODE(folder.stat().st_mode) == 0o700
    assert S_IMODE((folder / LOCK_FILE).stat().st_mode) == 0o600
    assert not is_locked(folder)


def test_a_folder_that_can_not_be_made_is_told_with_its_setting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"

    with (
        pytest.raises(FolderNotMade) as refusal,
        locked(folder, patience_seconds=0, sleep=never),
    ):
        raise AssertionError("it was made")

    assert str(refusal.value) == (
        f"The folder {folder} can't be made: Not a directory; set DATA_DIR to one that can."
    )


def test_a_folder_where_no_gateway_ever_ran_is_not_locked(tmp_path: Path) -> None:
    assert not is_locked(tmp_path)


def test_a_second_one_waits_for_the_first_to_stop(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = ExitStack()
    first.enter_context(locked(tmp_path, patience_seconds=0, sleep=never))
    caplog.set_level(logging.INFO)

    with locked(tmp_path, patience_seconds=5, sleep=lambda _: first.close()):
        assert is_locked(tmp_path)

    assert [record.getMessage() for record in caplog.records] == [
        f"another gateway uses {tmp_path}; waiting for it to stop"
    ]


def test_a_second_one_waits_no_longer_than_it_was_told_and_says_why(tmp_path: Path) -> None:
    waited: list[float] = []

    with (
        locked(tmp_path, patience_seconds=0, sleep=never),
        pytest.raises(FolderTaken) as refusal,
        locked(tmp_path, patience_seconds=5, sleep=waited.append),
    ):
        raise AssertionError("it was let in")

    assert sum(waited) == pytest.approx(5)
    assert str(refusal.value) == (
        f"Another gateway runs on {tmp_path}; stop it, or set DATA_DIR to a folder of its own."
    )


def test_where_nothing_can_be_locked_a_gateway_starts_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("adapters.system.folder_lock.fcntl.flock", refuse)

    with locked(tmp_path, patience_seconds=0, sleep=never):
        assert is_locked(tmp_path) is None

    assert "can't be locked (No locks available)" in caplog.text
