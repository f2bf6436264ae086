"""Settings as a command takes them: environment and `.env`, with HOST and PORT as options too."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from entrypoints.commands.failures import SettingsProblems

if TYPE_CHECKING:
    from entrypoints.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

EXIT_CODES = "Exit codes: 0 all went well, 1 failed, 2 bad settings or usage."


def with_address(command: Command) -> Command:
    """Give a command the options --host and --port."""
    host = click.option("--host", help="Address the gateway listens on, instead of HOST.")
    port = click.option("--port", help="Port it listens on, instead of PORT.")
    return host(port(command))


def configured(*, host: str | None = None, port: str | None = None) -> "Settings":
    """The settings; ends the command with every problem there is."""
    from entrypoints.load_settings import SettingsInvalid, load_settings

    given = {"HOST": host, "PORT": port}
    options = {name: value for name, value in given.items() if value is not None}
    try:
        return load_settings({**os.environ, **options})
    except SettingsInvalid as invalid:
        raise SettingsProblems(invalid.problems) from None


class ConfiguredCommand(click.Command):
    """A command whose help ends with every setting, its default and its reason."""

    def format_epilog(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        from entrypoints.settings import Settings, setting_name

        with formatter.section("Settings, from the environment or .env (the environment wins)"):
            formatter.write_dl(
                [
                    (f"{setting_name(name)}={_text(field.default)}", str(field.description))
                    for name, field in Settings.model_fields.items()
                ],
                col_max=34,
            )
        formatter.write_paragraph()
        formatter.write_text(EXIT_CODES)


def _text(default: object) -> str:
    if isinstance(default, bool):
        return "on" if default else "off"
    return ",".join(map(str, default)) if isinstance(default, tuple) else str(default)
