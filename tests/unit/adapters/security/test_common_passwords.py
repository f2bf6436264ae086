"""The list of common passwords that comes with the package."""

import subprocess
import sys

import pytest

from adapters.security.common_passwords import PackagedCommonPasswords
from domain.accounts.text import compared
from domain.accounts.users import PlainPassword


@pytest.fixture(scope="module")
def passwords() -> PackagedCommonPasswords:
    return PackagedCommonPasswords()


@pytest.mark.parametrize("text", ["password", "12345678", "QwertyUiop", "Dragon", "!qaz2wsx"])
def test_what_everybody_tries_first_is_on_it_in_whatever_case(passwords, text) -> None:
    assert passwords.contains(PlainPassword(text))


@pytest.mark.parametrize(
    "text", ["correct horse battery", "passwordq", "asswor", "password\ndragon", "\n", ""]
)
def test_what_is_only_a_part_of_it_is_not(passwords, text) -> None:
    assert not passwords.contains(PlainPassword(text))


def test_it_has_thirty_thousand_in_the_form_in_which_they_are_compared(passwords) -> None:
    words = passwords._words.decode().strip("\n").split("\n")
    assert len(words) == 30_000
    assert words == sorted({compared(word) for word in words})


def test_it_is_not_read_before_it_is_asked() -> None:
    program = (
        "import sys; from pathlib import Path; from entrypoints.composition import build_container;"
        "from entrypoints.settings import Settings;"
        "passwords = build_container(Settings(password_blocklist=True)).choose_password()"
        ".common_passwords; sys.exit('_words' in vars(passwords))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603
