"""A server of NATS for tests: its own folder, a free port, gone with whoever started it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.servers.memory import in_memory

BINARY = Path(sys.executable).with_name("nats-server")
START_SECONDS = 10.0
NOBODY = 65534


class NatsServer:
    """Can be stopped, paused and started again on the same port and the same folder."""

    def __init__(self, folder: Path, *, token: str = "", keeps: bool = True) -> None:
        self._keeps = keeps
        self._folder = folder
        self._token = token
        self._port = -1
        self._process: subprocess.Popen[bytes] | None = None
        folder.chmod(0o755)
        if os.getuid() == 0:
            os.chown(folder, NOBODY, NOBODY)

    @property
    def url(self) -> str:
        """Where it is reached; its token stands apart."""
        return f"nats://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int:
        """The process that runs."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start, and return when it can be connected to."""
        configuration = self._configured()
        as_nobody: dict[str, Any] = (
            {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
        )
        self._process = subprocess.Popen(  # noqa: S603  # our own command
            [
                *(BINARY, "-c", configuration, "-a", "127.0.0.1", "-p", str(self._port)),
                *("--ports_file_dir", self._folder, "-l", self._folder / "log"),
            ],
            cwd=self._folder,
            **as_nobody,
        )
        self._port = self._wait_for_port()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it; what it keeps stays in its folder."""
        if self._process is None:
            return
        self._process.send_signal(number)
        self._process.send_signal(signal.SIGCONT)
        self._process.wait(START_SECONDS)
        self._process = None

    def change_token(self, token: str) -> None:
        """Let it ask for another one from now on; whoever came by the former is sent away."""
        self._token = token
        self._configured()
        assert self._process is not None
        self._process.send_signal(signal.SIGHUP)

    def lose_everything(self) -> None:
        """Erase what it keeps, as a new machine in its place would have it; it is stopped."""
        shutil.rmtree(self._folder / "js")

    def pause(self) -> None:
        """Let it hang: its connections stay, and nothing is answered."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def _configured(self) -> Path:
        configuration = self._folder / "nats.conf"
        token = f'authorization {{ token: "{self._token}" }}\n' if self._token else ""
        kept = f'jetstream {{ store_dir: "{self._folder / "js"}", sync_interval: always }}\n'
        configuration.write_text(f"{kept if self._keeps else ''}{token}")
        return configuration

    def _wait_for_port(self) -> int:
        assert self._process is not None
        ports = self._folder / f"nats-server_{self._process.pid}.ports"
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if ports.exists() and (told := ports.read_text()):
                return int(json.loads(told)["nats"][0].rpartition(":")[2])
            if self._process.poll() is not None:
                break
            time.sleep(0.005)
        raise RuntimeError((self._folder / "log").read_text())


@contextmanager
def nats_server(*, token: str = "", keeps: bool = True) -> Iterator[NatsServer]:
    """A server that runs while entered; one that keeps nothing has no JetStream."""
    with tempfile.TemporaryDirectory(
        prefix="nats-", dir=in_memory(), ignore_cleanup_errors=True
    ) as folder:
        server = NatsServer(Path(folder), token=token, keeps=keeps)
        server.start()
        try:
            yield server
        finally:
            server.stop(signal.SIGKILL)
