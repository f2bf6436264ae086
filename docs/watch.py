"""Draws docs/watch.svg: the demo's home, its last 24 minutes in as many seconds.

Its evening, from 18:00 in New York, is the liveliest.

Usage: python -m docs.watch [FILE]
"""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.demo import PROGRAM, EmptyPicture, running_demo

PICTURE = Path(__file__).with_suffix(".svg")
FRAMES = 25
PASSWORDS = {"EMPORIA_API_PASSWORD": "demo-password", "EMPORIA_PASSWORD": "emporia-password"}


def draw(url: str, picture: Path) -> None:
    """Watch the home by the minute, and save what is seen last; raises EmptyPicture."""
    with TemporaryDirectory() as folder:
        drawn = Path(folder) / "watch.svg"
        subprocess.run(  # noqa: S603
            [
                *(PROGRAM, "watch", "--url", url, "--email", "demo@example.com"),
                *("--scale", "1MIN", "--link", "home@example.com"),
                *("--frames", str(FRAMES), "--svg", drawn),
            ],
            env={**os.environ, **PASSWORDS},
            check=True,
        )
        check(drawn.read_text(), picture.name)
        picture.write_bytes(drawn.read_bytes())


def check(svg: str, name: str) -> None:
    """Raises EmptyPicture unless the home and some of its circuits have watts."""
    cells = [unescape(cell).strip() for cell in re.findall(r">([^<>]+)</text>", svg)]
    if not any(re.fullmatch(r"-?[\d,]+\sW", cell) for cell in cells):
        raise EmptyPicture(f"{name} shows no figures: the home has no watts.")
    if not any(re.fullmatch(r"[1-9][\d,]*", cell) for cell in cells):
        raise EmptyPicture(f"{name} shows no figures: no circuit has watts.")


if __name__ == "__main__":
    try:
        with running_demo({}) as demo:
            # The home starts in the past and arrives at the present with the last frame.
            demo.set_clock(datetime.now(UTC) - timedelta(minutes=FRAMES - 1.5), speed=61)
            draw(demo.url, Path(sys.argv[1]) if sys.argv[1:] else PICTURE)
    except EmptyPicture as empty:
        sys.exit(str(empty))
