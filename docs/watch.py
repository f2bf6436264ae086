"""Draws docs/watch.svg: the demo's home, its last 24 minutes in as many seconds.

Its evening, from 18:00 in New York, is the liveliest.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from urllib.request import Request, urlopen

PROGRAM = Path(sys.executable).with_name("emporia-api")
PICTURE = Path(__file__).with_suffix(".svg")
FRAMES = 25
PASSWORDS = {"EMPORIA_API_PASSWORD": "demo-password", "EMPORIA_PASSWORD": "emporia-password"}


def announced(banner: IO[str], name: str) -> str:
    """The address that the demo's banner gives after this name."""
    return next(line.split()[-1] for line in banner if line.strip().startswith(name))


def hurry(cloud_url: str) -> None:
    """Let the home start in the past and arrive at the present with the last frame."""
    change = {"now": (datetime.now(UTC) - timedelta(minutes=FRAMES - 1.5)).isoformat(), "speed": 61}
    request = Request(  # noqa: S310  # the demo's own address
        f"{cloud_url}/simulator/clock",
        json.dumps(change).encode(),
        {"Content-Type": "application/json"},
        method="PUT",
    )
    urlopen(request, timeout=10).close()  # noqa: S310


def draw(url: str) -> None:
    """Watch the home, and save what is seen last."""
    subprocess.run(  # noqa: S603
        [
            *(PROGRAM, "watch", "--url", url, "--email", "demo@example.com"),
            *("--link", "home@example.com", "--scale", "1MIN"),
            *("--frames", str(FRAMES), "--svg", PICTURE),
        ],
        env={**os.environ, **PASSWORDS},
        check=True,
    )


with (
    TemporaryDirectory() as folder,
    subprocess.Popen(  # noqa: S603
        [PROGRAM, "demo"],
        env={**os.environ, "PORT": "0", "DATA_DIR": folder},
        stdout=subprocess.PIPE,
        text=True,
    ) as demo,
):
    try:
        assert demo.stdout is not None  # noqa: S101
        url = announced(demo.stdout, "Gateway ")
        hurry(announced(demo.stdout, "Emporia's cloud"))
        draw(url)
    finally:
        demo.terminate()
