"""Where a command gets a password from: never an argument, which everybody on the machine can see.

The environment wins over a prompt, a file over both.
"""

import os
import sys
from pathlib import Path

import click

from entrypoints.commands.failures import BadInput

LONGEST_FILE_BYTES = 8192


def read_password(
    file: Path | None, *, variable: str, option: str, whose: str, is_new: bool = False
) -> str:
    """The password from the file, else the variable, else whoever sits at the terminal.

    A new one is asked for twice. Raises BadInput.
    """
    if file is not None:
        return _from_file(file, option=option)
    if given := os.environ.get(variable):
        return given
    if not sys.stdin.isatty():
        raise BadInput(
            f"the password of {whose} is missing: set {variable}, or name a file with {option}."
        )
    asked: str = click.prompt(
        f"Password of {whose}", hide_input=True, confirmation_prompt=is_new, type=str
    )
    return asked


class CodeReader:
    """Reads codes of a second factor: the variable's once, else whoever sits at the terminal types.

    In the middle of a picture nobody can be asked: a later login fails with a sentence.
    """

    def __init__(self, *, variable: str) -> None:
        self._variable = variable
        self._given = os.environ.get(variable, "")
        self.may_ask = sys.stdin.isatty()

    def __call__(self) -> str:
        """The code; raises BadInput."""
        given, self._given = self._given, ""
        if given:
            return given
        if not self.may_ask:
            raise BadInput(
                "the gateway account has a second factor, and its code is missing: start again at "
                f"a terminal, or set {self._variable}."
            )
        asked: str = click.prompt("Code of your authenticator app, or a recovery code", type=str)
        return asked


def _from_file(file: Path, *, option: str) -> str:
    """The first line, without its end."""
    try:
        with file.open("rb") as opened:
            content = opened.read(LONGEST_FILE_BYTES).decode()
    except OSError as error:
        raise BadInput(f"{option}: {file} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{option}: {file} is not UTF-8 text.") from None
    password = content.partition("\n")[0].removesuffix("\r")
    if not password:
        raise BadInput(f"{option}: the first line of {file} is empty, but has to be a password.")
    return password
