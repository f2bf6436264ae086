"""The import contracts hold, and would notice if they did not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sources, to plant something in."""
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    shutil.copytree(PROJECT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def plant(statement: str, module: Path) -> None:
    module.write_text(f"{statement}\n{module.read_text()}")


def lint_imports(project: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own command on our own copy
        [LINT_IMPORTS, "--no-cache"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_imports_point_inward(copy: Path) -> None:
    linted = lint_imports(copy)
    assert linted.returncode == 0, linted.stdout
    assert "0 broken" in linted.stdout


@pytest.mark.parametrize(
    ("statement", "module", "contract"),
    [
        ("import msgspec", "domain/emporia/usage.py", "Domain and application know no framework"),
        ("import application", "domain/emporia/usage.py", "Dependencies point inward"),
        ("import adapters", "entrypoints/http/__init__.py", "Only the composition names adapters"),
        (
            "import application.live.feed.feed",
            "application/emporia/cloud/calls.py",
            "A room knows only the rooms below it",
        ),
        (
            "import application.archive.read_history",
            "application/live/feed/feed.py",
            "A room knows only the rooms below it",
        ),
        (
            "import domain.emporia.links",
            "domain/accounts/users.py",
            "A room knows only the rooms below it",
        ),
        (
            "import entrypoints.composition.live",
            "entrypoints/composition/archive.py",
            "Rooms are put together from below",
        ),
        (
            "import entrypoints.http.answers.errors",
            "entrypoints/websocket/stream.py",
            "What carries the API knows no other carrier",
        ),
        (
            "import entrypoints.websocket.wire",
            "entrypoints/http/event_stream.py",
            "What carries the API knows no other carrier",
        ),
        (
            "import entrypoints.websocket.wire",
            "entrypoints/failures/answer.py",
            "What carries the API knows no other carrier",
        ),
        (
            "import adapters.emporia_simulator",
            "adapters/emporia/__init__.py",
            "The simulator is reached over HTTP alone",
        ),
    ],
)
def test_a_planted_violation_is_caught(
    copy: Path, statement: str, module: str, contract: str
) -> None:
    plant(statement, copy / "src" / module)
    linted = lint_imports(copy)
    assert linted.returncode == 1
    assert f"{contract} BROKEN" in linted.stdout
