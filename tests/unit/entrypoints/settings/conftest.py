"""Ways to load settings that never touch the environment of whoever runs the tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from entrypoints.load_settings import SettingsInvalid, load_settings
from entrypoints.settings import Settings


@pytest.fixture
def load() -> Callable[..., Settings]:
    """Load from the names given alone."""

    def load_from(**environ: str) -> Settings:
        return load_settings(environ, env_file=None)

    return load_from


@pytest.fixture
def problems_of() -> Callable[..., tuple[str, ...]]:
    """What is told about the names given."""

    def refused(**environ: str) -> tuple[str, ...]:
        with pytest.raises(SettingsInvalid) as caught:
            load_settings(environ, env_file=None)
        return caught.value.problems

    return refused


@pytest.fixture
def env_file(tmp_path: Path) -> Callable[[str], Path]:
    """Write a `.env`."""

    def write(text: str) -> Path:
        path = tmp_path / ".env"
        path.write_text(text, encoding="utf-8")
        return path

    return write
