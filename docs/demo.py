"""A demo of its own for whoever takes pictures of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from urllib.request import Request, urlopen

PROGRAM = Path(sys.executable).with_name("emporia-api")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A gateway with its simulated cloud."""

    url: str
    cloud_url: str

    def set_clock(self, now: datetime, *, speed: float) -> None:
        """Let the homes live at this moment, and so many of their seconds pass in one of ours."""
        request = Request(  # noqa: S310  # the demo's own address
            f"{self.cloud_url}/simulator/clock",
            json.dumps({"now": now.isoformat(), "speed": speed}).encode(),
            {"Content-Type": "application/json"},
            method="PUT",
        )
        urlopen(request, timeout=10).close()  # noqa: S310


@contextmanager
def running_demo(settings: Mapping[str, str]) -> Iterator[Demo]:
    """Runs on free ports and with nothing kept, until it is left."""
    with (
        TemporaryDirectory() as folder,
        subprocess.Popen(  # noqa: S603
            [PROGRAM, "demo"],
            env={**os.environ, "PORT": "0", "DATA_DIR": folder, **settings},
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None  # noqa: S101
            url = _announced(process.stdout, "Gateway ")
            yield Demo(url=url, cloud_url=_announced(process.stdout, "Emporia's cloud"))
        finally:
            process.terminate()


def _announced(banner: IO[str], name: str) -> str:
    """The address that the demo's banner gives after this name."""
    return next(line.split()[-1] for line in banner if line.strip().startswith(name))
