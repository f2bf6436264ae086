"""Secrets come from files too, as containers are given them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from entrypoints.load_settings import load_settings
from entrypoints.secret_files import FILES, MOST_BYTES
from entrypoints.settings import Settings

SECRET = "correct-horse-battery-staple-and-more"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\n", encoding="utf-8")
    return path


def test_every_secret_may_be_in_a_file() -> None:
    assert FILES == (
        "DATABASE_URL_FILE",
        "TOKEN_SECRETS_FILE",
        "SEALING_KEYS_FILE",
        "OIDC_CLIENT_SECRET_FILE",
        "NATS_URL_FILE",
        "NATS_TOKEN_FILE",
    )


def test_what_is_in_the_file_is_the_setting(load: Callable[..., Settings], secret: Path) -> None:
    assert load(TOKEN_SECRETS_FILE=str(secret)) == load(TOKEN_SECRETS=SECRET)


def test_a_file_may_be_named_in_env(env_file: Callable[[str], Path], secret: Path) -> None:
    settings = load_settings({}, env_file=env_file(f"TOKEN_SECRETS_FILE={secret}\n"))

    assert settings.token_secrets == (SECRET.encode(),)


def test_a_name_without_a_file_is_no_setting(load: Callable[..., Settings]) -> None:
    assert load(TOKEN_SECRETS_FILE="") == Settings()


def test_a_secret_is_not_taken_from_two_places(
    problems_of: Callable[..., tuple[str, ...]], secret: Path
) -> None:
    assert problems_of(TOKEN_SECRETS=SECRET, TOKEN_SECRETS_FILE=str(secret)) == (
        "TOKEN_SECRETS_FILE: TOKEN_SECRETS is set too; set one of them.",
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "can't be read as text."),
        (b"\xff\xfe", "can't be read as text."),
        (b" \n", "is empty."),
        (b"a" * (MOST_BYTES + 1), "has more than 65,536 characters."),
    ],
    ids=["missing", "no text", "empty", "too long"],
)
def test_a_file_that_cannot_be_used_is_named(
    problems_of: Callable[..., tuple[str, ...]], tmp_path: Path, content: bytes | None, told: str
) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)

    assert problems_of(TOKEN_SECRETS_FILE=str(path)) == (f"TOKEN_SECRETS_FILE: {path} {told}",)
