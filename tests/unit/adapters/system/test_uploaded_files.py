"""What is sent to be taken in, on the disk."""

import shutil
import stat
from collections import namedtuple

import pytest

from adapters.csv.import_file import CsvImportFile
from adapters.fake.heavy_work import InlineHeavyWork
from adapters.system import uploaded_files
from adapters.system.uploaded_files import DiskUploadedFiles
from domain.errors import StorageUnavailable

Usage = namedtuple("Usage", "free")


@pytest.fixture
def files(tmp_path):
    return DiskUploadedFiles(tmp_path, made_of=CsvImportFile, work=InlineHeavyWork())


async def parts(*texts, error=None):
    for text in texts:
        yield text
    if error is not None:
        raise error


async def test_what_is_sent_is_kept_privately_until_it_is_dropped(files, tmp_path, monkeypatch):
    monkeypatch.setattr(uploaded_files, "PIECE_BYTES", 4)
    kept = await files.keep(parts(b"ab", b"cdef", b"g"), expected=7)
    (path,) = tmp_path.iterdir()
    assert path.read_bytes() == b"abcdefg"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept.size == 7
    await files.drop(kept)
    assert list(tmp_path.iterdir()) == []


async def test_nothing_stays_of_what_was_not_sent_to_its_end(files, tmp_path):
    with pytest.raises(ZeroDivisionError):
        await files.keep(parts(b"abc", error=ZeroDivisionError()), expected=None)
    assert list(tmp_path.iterdir()) == []


async def test_a_disk_with_too_little_room_is_left_alone(files, tmp_path, monkeypatch):
    free = uploaded_files.LEAST_FREE_BYTES + 10
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free))
    for body, expected in ((b"x", 11), (b"x" * 11, None)):
        with pytest.raises(StorageUnavailable, match="too little room"):
            await files.keep(parts(body), expected=expected)
    assert list(tmp_path.iterdir()) == []
    assert (await files.keep(parts(b"x" * 10), expected=10)).size == 10


async def test_a_disk_that_fails_is_told_as_such(tmp_path, files, monkeypatch):
    absent = DiskUploadedFiles(tmp_path / "none", made_of=CsvImportFile, work=InlineHeavyWork())
    with pytest.raises(StorageUnavailable):
        await absent.keep(parts(b"x"), expected=None)

    def fail(*_):
        raise OSError

    monkeypatch.setattr("os.write", fail)
    with pytest.raises(StorageUnavailable):
        await files.keep(parts(b"x"), expected=None)
    assert list(tmp_path.iterdir()) == []


async def test_what_an_earlier_process_left_is_deleted_and_nothing_else(files, tmp_path):
    await files.keep(parts(b"x"), expected=None)
    files = DiskUploadedFiles(tmp_path, made_of=CsvImportFile, work=InlineHeavyWork())
    mine = await files.keep(parts(b"y"), expected=None)
    others = [tmp_path / name for name in ("gateway.sqlite3", ".emporia-api.import.mine")]
    for other in others:
        other.touch()
    await files.clear()
    assert len(list(tmp_path.iterdir())) == 1 + len(others)
    await files.drop(mine)
    assert sorted(tmp_path.iterdir()) == sorted(others)
