"""Every failure of a command is a sentence on stderr and an exit code: 2 for what the caller can
mend in the settings or the arguments, 1 for the rest."""

from typing import Any

import click

from entrypoints.logs.places import is_ours, type_and_place
from entrypoints.watch.legible import legible


class BadInput(click.ClickException):
    """What was given breaks a rule; the sentence names it and what is allowed.

    It may quote a file that somebody else wrote, which a terminal must not obey.
    """

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__("\n".join(legible(line) for line in message.split("\n")))


class SettingsProblems(click.ClickException):
    """Settings that can't be used, a line for each problem."""

    exit_code = 2

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(("the settings can't be used.", *problems)))
        self.problems = problems


class CommandGroup(click.Group):
    """A group whose commands never end in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            raise click.ClickException(sentence_of(error)) from error


def sentence_of(error: BaseException) -> str:
    """What to tell about a failure; the text of a foreign one may hold anything."""
    if isinstance(error, BaseExceptionGroup):
        return sentence_of(error.exceptions[0])
    if is_ours(type(error).__module__) and str(error):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        about = f": {error.filename}" if error.filename else ""
        return f"{error.strerror}{about}."
    return f"this should not have happened: {type_and_place(error)}."
