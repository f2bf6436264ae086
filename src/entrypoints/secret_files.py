"""Secrets in files, as containers are given them: NAME_FILE is where what NAME would be stands."""

from collections.abc import Mapping
from pathlib import Path

from entrypoints.settings import Settings, setting_name

SECRETS = tuple(
    setting_name(name) for name, field in Settings.model_fields.items() if not field.repr
)
"""The settings that are never shown."""

FILES = tuple(f"{name}_FILE" for name in SECRETS)

MOST_BYTES = 65_536


def with_secret_files(given: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The settings with what is in the files, and a sentence for each that can't be used."""
    settings = dict(given)
    problems = []
    for name, file in zip(SECRETS, FILES, strict=True):
        path = settings.pop(file, "").strip()
        if not path:
            continue
        if settings.get(name, "").strip():
            problems.append(f"{file}: {name} is set too; set one of them.")
            continue
        try:
            settings[name] = _read(Path(path))
        except (OSError, UnicodeDecodeError):
            problems.append(f"{file}: {path} can't be read as text.")
        except ValueError as error:
            problems.append(f"{file}: {path} {error}")
    return settings, tuple(problems)


def _read(path: Path) -> str:
    """Without the line end that editors put behind a secret; raises ValueError."""
    with path.open(encoding="utf-8") as file:
        text = file.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise ValueError(f"has more than {MOST_BYTES:,} characters.")
    if not text.strip():
        raise ValueError("is empty.")
    return text.strip()
