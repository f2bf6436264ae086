"""What people at a terminal expect: keys, another size, pipes, and no password in sight."""

import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path

import httpx
import pyotp
import pytest

from tests.integration.cli.conftest import PATIENCE_SECONDS, environment
from tests.warm.program import COLD_PROGRAM, warm_program

PASSWORDS = {"EMPORIA_API_PASSWORD": "demo-password", "EMPORIA_PASSWORD": "emporia-password"}
CLEARED = "\x1b[2J"


@dataclass(slots=True)
class Terminal:
    """Somebody's end of a terminal with a program at the other."""

    process: subprocess.Popen[bytes]
    end: int

    def read_until(self, words: str) -> str:
        """What is shown up to these words."""
        shown = ""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in shown:
            readable, _, _ = select.select([self.end], [], [], max(0, deadline - time.monotonic()))
            assert readable, f"{words!r} was not shown:\n{shown}"
            shown += os.read(self.end, 65_536).decode(errors="replace")
        return shown

    def type(self, text: str) -> None:
        os.write(self.end, text.encode())

    def resize(self, *, columns: int, rows: int) -> None:
        ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def end_by_itself(self) -> int:
        """The exit code; what is still shown is read away, or the program would wait for us."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            if select.select([self.end], [], [], 0.1)[0]:
                try:
                    os.read(self.end, 65_536)
                except OSError:  # nobody is at the other end any more
                    break
        return self.process.wait(timeout=PATIENCE_SECONDS)


@contextmanager
def at_a_terminal(*arguments: str, cwd: Path, **named: str) -> Iterator[Terminal]:
    end, other = pty.openpty()
    process = subprocess.Popen(  # noqa: S603  # our own program
        [COLD_PROGRAM, *arguments],
        cwd=cwd,
        env=environment(TERM="xterm-256color", **named),
        stdin=other,
        stdout=other,
        stderr=other,
        start_new_session=True,
        preexec_fn=lambda: ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(other)
    try:
        yield Terminal(process, end)
    finally:
        process.kill()
        process.wait()
        os.close(end)


@pytest.fixture
def watching(start) -> Iterator[tuple[str, ...]]:
    """The arguments that watch the demo's home."""
    with start("demo", until=" watch --url ") as demo:
        url = demo.word_after("Gateway")
        yield (
            *("watch", "--url", url, "--email", "demo@example.com"),
            *("--link", "home@example.com"),
        )


def test_q_leaves_and_gives_the_terminal_back_as_it_was(watching, tmp_path: Path):
    with at_a_terminal(*watching, cwd=tmp_path, **PASSWORDS) as terminal:
        terminal.resize(columns=100, rows=50)
        terminal.read_until("Fridge")
        terminal.type("q")

        assert terminal.end_by_itself() == 0
        echoes = termios.tcgetattr(terminal.end)[3] & termios.ECHO
        assert echoes


def test_another_size_is_drawn_anew_at_once(watching, tmp_path: Path):
    with at_a_terminal(*watching, cwd=tmp_path, **PASSWORDS) as terminal:
        terminal.resize(columns=100, rows=50)
        assert CLEARED not in terminal.read_until("Fridge")

        terminal.resize(columns=60, rows=40)

        assert CLEARED in terminal.read_until(CLEARED)
        terminal.read_until("Fridge")


def test_into_a_pipe_each_sample_is_printed_as_it_comes_until_nobody_reads(
    watching, tmp_path: Path
):
    with subprocess.Popen(  # noqa: S603  # our own program
        [warm_program(), *watching],
        cwd=tmp_path,
        env=environment(**PASSWORDS),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            headers = (line for line in process.stdout if line.startswith("Home "))
            first, second = next(headers), next(headers)
            is_running = process.poll() is None
            process.stdout.close()
            exit_code = process.wait(timeout=PATIENCE_SECONDS)
            said = process.stderr.read()
        finally:
            process.kill()

    assert first != second
    assert is_running
    assert (exit_code, said) == (0, "")


def test_a_new_password_is_asked_for_twice_and_never_shown(tmp_path: Path):
    with at_a_terminal("user", "add", "ada@homelab", cwd=tmp_path) as terminal:
        shown = terminal.read_until("Password of the new user: ")
        terminal.type("correct horse\n")
        shown += terminal.read_until("confirmation: ")
        terminal.type("correct horse\n")
        shown += terminal.read_until("Added ada@homelab.")

        assert terminal.end_by_itself() == 0
    assert "horse" not in shown


def switch_on_second_factor(url: str) -> list[str]:
    login = {"email": "demo@example.com", "password": "demo-password"}
    with httpx.Client(base_url=url) as client:
        token = client.post("/login", json=login).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        secret = client.post("/me/second-factor", json={}).json()["secondFactor"]["secret"]
        confirmed = client.post(
            "/me/second-factor/confirm", json={"code": pyotp.TOTP(secret).now()}
        )
        codes: list[str] = confirmed.json()["recoveryCodes"]
        return codes


def test_watch_asks_for_the_code_of_a_second_factor(run, watching, tmp_path: Path):
    codes = switch_on_second_factor(watching[2])
    with at_a_terminal(*watching, cwd=tmp_path, **PASSWORDS) as terminal:
        terminal.resize(columns=100, rows=50)
        terminal.read_until("Code of your authenticator app, or a recovery code: ")
        terminal.type(f"{codes[0]}\n")
        terminal.read_until("Fridge")
        terminal.type("q")
        assert terminal.end_by_itself() == 0

    given = run(*watching, "--once", EMPORIA_API_CODE=codes[1], **PASSWORDS)
    assert given.returncode == 0
    assert "Fridge" in given.stdout

    missing = run(*watching, "--once", **PASSWORDS)
    assert missing.returncode == 2
    assert missing.stderr == (
        "Error: the gateway account has a second factor, and its code is missing: start again at a "
        "terminal, or set EMPORIA_API_CODE.\n"
    )


def test_removing_somebody_is_asked_about(run, tmp_path: Path):
    run("user", "add", "ada@homelab", EMPORIA_API_PASSWORD="correct horse")
    with at_a_terminal("user", "remove", "ada@homelab", cwd=tmp_path) as terminal:
        terminal.read_until("Erase ada@homelab and all that was stored for them? [y/N]: ")
        terminal.type("n\n")

        assert terminal.end_by_itself() == 1
    assert "ada@homelab" in run("user", "list").stdout


def test_a_password_comes_from_a_file(run, watching, tmp_path: Path):
    (tmp_path / "gateway").write_text("demo-password\nnot this\n")
    (tmp_path / "emporia").write_text("emporia-password\r\n")

    shown = run(
        *watching,
        *("--once", "--password-file", "gateway", "--link-password-file", "emporia"),
    )

    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Fridge" in shown.stdout


@pytest.mark.parametrize(
    "arguments", [("watch", "--email", "a@b.c"), ("user", "add", "a@b.c")], ids=["watch", "add"]
)
def test_no_option_takes_a_password_that_everybody_could_read(run, arguments):
    refused = run(*arguments, "--password", "correct horse")

    assert refused.returncode == 2
    assert "No such option '--password'" in refused.stderr


@pytest.mark.parametrize(
    ("host", "warns"),
    [("0.0.0.0", True), ("127.0.0.1", False), ("localhost", False)],  # noqa: S104
)
def test_a_demo_that_others_can_reach_says_so_in_a_sentence(start, host, warns):
    with start("demo", until=" watch --url ", HOST=host) as demo:
        assert httpx.get(f"{demo.word_after('Gateway')}/health/live").status_code == 200

    assert demo.said.count("Warning: the demo listens on 0.0.0.0, so that others may") == warns
    assert demo.said.count("Warning") == warns
