"""The command line as its users meet it: a process with arguments, an environment and signals."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.warm.program import COLD_PROGRAM, warm_program

PATIENCE_SECONDS = 30


@dataclass(slots=True)
class Running:
    """A process that said it is ready; `said` is its stdout or stderr up to there."""

    process: subprocess.Popen[str]
    said: str

    def word_after(self, words: str) -> str:
        """The word that follows these in what was said."""
        return self.said.split(words, 1)[1].split()[0]

    def read_on(self, *, until: str) -> None:
        """Wait until it has said this too."""
        self.said += read_until(self.process, until)

    def end(self, *signals: int) -> tuple[int, str]:
        """Send signals; the exit code, and what was said until the end."""
        for number in signals:
            self.process.send_signal(number)
        out, err = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, (out or "") + (err or "")


Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., AbstractContextManager[Running]]


def environment(**named: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PORT": "0", **named}


@pytest.fixture
def run(tmp_path: Path, where_kept: dict[str, str]) -> Run:
    """Run a command to its end; keyword arguments are its environment."""

    def run_program(*arguments: str, **named: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  # our own program
            [warm_program(), *arguments],
            cwd=tmp_path,
            env=environment(**{**where_kept, **named}),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    return run_program


@pytest.fixture
def start(tmp_path: Path, where_kept: dict[str, str]) -> Start:
    """Start a command and wait until a line of its output holds `until`.

    Where the environment is to change what Python itself does, it is started from the beginning.
    """

    @contextmanager
    def start_program(*arguments: str, until: str, **named: str) -> Iterator[Running]:
        is_for_python = any(name.startswith("PYTHON") for name in named)
        program = COLD_PROGRAM if is_for_python else warm_program()
        with subprocess.Popen(  # noqa: S603  # our own program
            [program, *arguments],
            cwd=tmp_path,
            env=environment(**{**where_kept, **named}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            try:
                yield Running(process, read_until(process, until))
            finally:
                process.kill()

    return start_program


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(f"it ended without saying {words!r}:\n{said}")
