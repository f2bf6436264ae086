"""Secrets are used, and never shown."""

import base64
from collections.abc import Callable

import pytest

from entrypoints.settings import Settings

SECRET = "correct-horse-battery-staple-and-more"
KEY = base64.b64encode(b"never-shown-never-shown-never-sh").decode()


def test_secrets_are_not_in_the_representation(load: Callable[..., Settings]) -> None:
    settings = load(TOKEN_SECRETS=SECRET, SEALING_KEYS=KEY)

    assert "correct-horse" not in repr(settings) + str(settings)
    assert "never-shown" not in repr(settings) + str(settings)


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("TOKEN_SECRETS", f"{SECRET},hunter2", "secret 2 has 7 bytes, but each needs at least 32."),
        ("SEALING_KEYS", f"{KEY},hunter2", "key 2 is not 32 bytes in base64."),
        ("SEALING_KEYS", KEY[:-4], "key 1 is not 32 bytes in base64."),
        ("SEALING_KEYS", "ключ", "key 1 is not 32 bytes in base64."),
    ],
)
def test_a_bad_secret_is_told_by_its_place_alone(
    problems_of: Callable[..., tuple[str, ...]], name: str, value: str, problem: str
) -> None:
    assert problems_of(**{name: value}) == (f"{name}: {problem}",)
