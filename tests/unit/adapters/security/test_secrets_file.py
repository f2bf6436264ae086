"""Secrets made at the first start are private, whole and the same for everybody."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from stat import S_IMODE

import pytest

from adapters.security.secrets_file import SecretFileUnusable, load_or_create


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "secret"


def test_a_new_secret_is_kept_for_the_next_start(path: Path) -> None:
    secret = load_or_create(path)

    assert len(secret) == 32
    assert load_or_create(path) == secret


def test_secrets_of_two_files_differ(path: Path) -> None:
    assert load_or_create(path) != load_or_create(path.with_name("other"))


def test_the_file_and_its_folder_are_private_and_no_draft_stays(path: Path) -> None:
    load_or_create(path, size=48)

    assert S_IMODE(path.stat().st_mode) == 0o600
    assert S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_starts_at_once_agree_on_one_secret(path: Path) -> None:
    with ThreadPoolExecutor(8) as starts:
        found = set(starts.map(load_or_create, [path] * 8))

    assert found == {load_or_create(path)}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_can_read_is_refused_with_the_remedy(path: Path, mode: int) -> None:
    load_or_create(path)
    path.chmod(mode)

    with pytest.raises(SecretFileUnusable, match="chmod 600"):
        load_or_create(path)


@pytest.mark.parametrize("content", [b"", b"abcd\n", b"not hexadecimal", b"\xff\xfe"])
def test_a_file_without_a_whole_secret_is_refused_and_left_alone(
    path: Path, content: bytes
) -> None:
    load_or_create(path)
    path.write_bytes(content)

    with pytest.raises(SecretFileUnusable, match="64 hexadecimal digits"):
        load_or_create(path)

    assert path.read_bytes() == content
