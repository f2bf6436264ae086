"""Private files come whole or not at all, also where a file can have but one name."""

import errno
import os
from pathlib import Path
from stat import S_IMODE

import pytest

from adapters.system.private_files import draft, put_if_new, put_in_place


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on exFAT."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)


def test_a_draft_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    with draft(tmp_path, "secret") as file:
        assert S_IMODE(file.stat().st_mode) == 0o600

    assert names(tmp_path) == []


def test_a_draft_takes_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    with draft(tmp_path, "file") as written:
        written.write_text("new")
        put_in_place(written, tmp_path / "file")

    assert (tmp_path / "file").read_text() == "new"
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_is_there_stays(tmp_path: Path, request, links: bool) -> None:
    if not links:
        request.getfixturevalue("no_links")
    for text in ("first", "second"):
        with draft(tmp_path, "file") as written:
            written.write_text(text)
            if text == "first":
                put_if_new(written, tmp_path / "file")
            else:
                with pytest.raises(FileExistsError):
                    put_if_new(written, tmp_path / "file")

    assert (tmp_path / "file").read_text() == "first"
    assert S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    assert names(tmp_path) == ["file"]


@pytest.mark.usefixtures("no_links")
def test_where_there_is_no_room_no_half_file_is_left(tmp_path: Path, monkeypatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with draft(tmp_path, "file") as written:
        monkeypatch.setattr("adapters.system.private_files.sync", lambda _: None)
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            put_if_new(written, tmp_path / "file")

    assert names(tmp_path) == []


def test_a_folder_whose_names_can_not_be_synced_will_do(tmp_path: Path, monkeypatch) -> None:
    sync = os.fsync

    def files_alone(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):  # noqa: PTH112  # a link of the kernel
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", files_alone)
    with draft(tmp_path, "file") as written:
        put_in_place(written, tmp_path / "file")

    assert names(tmp_path) == ["file"]
