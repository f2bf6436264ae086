"""Draws docs/watch.svg: the demo's home, its last 24 minutes in as many seconds.

Its evening, from 18:00 in New York, is the liveliest.

Usage: python -m docs.watch
"""

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from docs.demo import PROGRAM, running_demo

PICTURE = Path(__file__).with_suffix(".svg")
FRAMES = 25
PASSWORDS = {"EMPORIA_API_PASSWORD": "demo-password", "EMPORIA_PASSWORD": "emporia-password"}


def draw(url: str) -> None:
    """Watch the home by the minute, and save what is seen last."""
    subprocess.run(  # noqa: S603
        [
            *(PROGRAM, "watch", "--url", url, "--email", "demo@example.com", "--scale", "1MIN"),
            *("--link", "home@example.com", "--frames", str(FRAMES), "--svg", PICTURE),
        ],
        env={**os.environ, **PASSWORDS},
        check=True,
    )


with running_demo({}) as demo:
    # The home starts in the past and arrives at the present with the last frame.
    demo.set_clock(datetime.now(UTC) - timedelta(minutes=FRAMES - 1.5), speed=61)
    draw(demo.url)
