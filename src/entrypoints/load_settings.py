"""Reads the settings: environment and `.env` become one frozen Settings object.

Every problem is told at once, in words that name the setting and what it allows.
"""

import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from dotenv.parser import Binding, parse_stream
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from entrypoints.secret_files import FILES, with_secret_files
from entrypoints.server_addresses import problems_of_proxies
from entrypoints.setting_kinds import shown
from entrypoints.settings import Settings, setting_name

ENV_FILE = Path(".env")


class SettingsInvalid(Exception):
    """The settings can't be used; `problems` has a sentence for each that is wrong."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load_settings(
    environ: Mapping[str, str] | None = None, *, env_file: Path | None = ENV_FILE
) -> Settings:
    """Read `.env` and the environment, which wins; raises SettingsInvalid with every problem.

    None reads the process's own environment. A file that is not there is as good as an empty one.
    """
    written, problems = _read(env_file)
    environ = os.environ if environ is None else environ
    given, unread = with_secret_files({**written, **environ})
    problems = (*problems, *unread, *problems_of_proxies(environ))
    values = {
        field_name: given[setting_name(field_name)]
        for field_name in Settings.model_fields
        if _is_set(field_name, given)
    }
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsInvalid((*problems, *_problems(error))) from None
    if problems:
        raise SettingsInvalid(problems)
    return settings


def _is_set(field_name: str, given: Mapping[str, str]) -> bool:
    """Whether a value is there. Left empty, a list says that it has no items, a text may be so."""
    default = Settings.model_fields[field_name].default
    may_be_empty = isinstance(default, tuple) or default == ""
    value = given.get(setting_name(field_name))
    return value is not None and (may_be_empty or value.strip() != "")


def _read(env_file: Path | None) -> tuple[dict[str, str], tuple[str, ...]]:
    """The settings in the file, and what is wrong with its lines and names."""
    if env_file is None or not env_file.exists():
        return {}, ()
    try:
        with env_file.open(encoding="utf-8") as file:
            lines = tuple(parse_stream(file))
    except (OSError, UnicodeDecodeError):
        return {}, (f"{env_file}: the file can't be read as text.",)
    values = {line.key: line.value for line in lines if line.key and line.value is not None}
    return values, (
        # It may hold a secret, so it is not repeated.
        *(
            f"{env_file}, line {_number_of(line)}: a setting is written NAME=value, and a comment "
            "begins with #."
            for line in lines
            if line.error or (line.key and line.value is None)
        ),
        *_unknown_names(env_file, values),
    )


def _number_of(binding: Binding) -> int:
    """The line that a binding stands on: empty ones before it count as its own."""
    text = binding.original.string
    return binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")


def _unknown_names(env_file: Path, values: Mapping[str, str]) -> Iterator[str]:
    known = [*(setting_name(field_name) for field_name in Settings.model_fields), *FILES]
    for name in values:
        if name not in known:
            closest = get_close_matches(name.upper(), known, n=1, cutoff=0)
            yield f"{name} in {env_file} is no setting; the closest is {closest[0]}."


def _problems(error: ValidationError) -> Iterator[str]:
    for detail in error.errors():
        if not detail["loc"]:  # what is wrong between settings names them itself
            yield str(detail["ctx"]["error"])
            continue
        field_name = str(detail["loc"][0])
        if detail["type"] == "value_error":
            wrong = str(detail["ctx"]["error"])
        else:
            allowed = _allowed_number(Settings.model_fields[field_name])
            wrong = f"{shown(detail['input'])} is not {allowed}."
        yield f"{setting_name(field_name)}: {wrong}"


def _allowed_number(field: FieldInfo) -> str:
    bounds = {
        side: getattr(rule, side)
        for rule in field.metadata
        for side in ("ge", "le")
        if hasattr(rule, side)
    }
    kind = "a whole number" if field.annotation is int else "a number"
    return f"{kind} from {bounds['ge']} to {bounds['le']}"
