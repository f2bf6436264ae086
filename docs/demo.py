"""A demo of its own for whoever takes pictures of it.

Usage: python -m docs.demo [MOMENT]   the demo itself, as if it were this moment (ISO 8601)
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from urllib.request import Request, urlopen

PROGRAM = Path(sys.executable).with_name("emporia-api")


class EmptyPicture(Exception):
    """A picture shows no figures; the sentence names it, and says what is missing."""


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
def running_demo(settings: Mapping[str, str], *, now: datetime | None = None) -> Iterator[Demo]:
    """Runs on free ports and with nothing kept, until it is left; `now` moves all of its clocks."""
    moment = [now.isoformat()] if now else []
    with (
        TemporaryDirectory() as folder,
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "docs.demo", *moment],
            cwd=Path(__file__).parents[1],
            env={**os.environ, "PORT": "0", "DATA_DIR": folder, **settings},
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None  # noqa: S101
            url = _announced(process.stdout, "Gateway ")
            demo = Demo(url=url, cloud_url=_announced(process.stdout, "Emporia's cloud"))
            if now:
                demo.set_clock(now, speed=1)
            yield demo
        finally:
            process.terminate()


def _announced(banner: IO[str], name: str) -> str:
    """The address that the demo's banner gives after this name."""
    return next(line.split()[-1] for line in banner if line.strip().startswith(name))


def _run_as_if_at(now: datetime) -> None:
    """Run the demo with a gateway whose clock shows this moment now, and goes on from there."""
    from adapters.system.clock import SystemClock
    from entrypoints.commands.demo import demo

    late = datetime.now(UTC) - now

    def as_if(_: SystemClock) -> datetime:
        return datetime.now(UTC) - late

    SystemClock.now = as_if  # type: ignore[method-assign,assignment]
    demo(args=[])


if __name__ == "__main__":
    _run_as_if_at(datetime.fromisoformat(sys.argv[1]) if sys.argv[1:] else datetime.now(UTC))
