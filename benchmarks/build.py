"""Builds what the benchmark runs beside the gateway, into a folder that git ignores."""

import asyncio
import shutil
from pathlib import Path

HERE = Path(__file__).parent
BUILD = HERE / ".build"
PEERS = BUILD / "peers"
NATIVE = ("reference", "restload", "wsload")


class BuildFailed(Exception):
    """A tool is missing or did not succeed; the sentence says which."""


async def build_native() -> None:
    """Compile the C reference and the load generators; raises BuildFailed."""
    BUILD.mkdir(exist_ok=True)
    newest = max(source.stat().st_mtime for source in HERE.glob("*.[ch]"))
    for name in NATIVE:
        source, program = HERE / f"{name}.c", BUILD / name
        if not program.exists() or program.stat().st_mtime < newest:
            await _succeed("cc", "-O2", "-Wall", "-Wextra", "-o", str(program), str(source))


async def install_peers() -> None:
    """Install the Node peers as their lock file says; raises BuildFailed."""
    BUILD.mkdir(exist_ok=True)
    lock = HERE / "peers" / "package-lock.json"
    installed = PEERS / "package-lock.json"
    fresh = installed.exists() and installed.read_bytes() == lock.read_bytes()
    shutil.copytree(HERE / "peers", PEERS, dirs_exist_ok=True)
    if not fresh or not (PEERS / "node_modules").is_dir():
        await _succeed(
            "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", folder=PEERS
        )


async def said(*command: str) -> str:
    """What a command says on its standard output; raises BuildFailed."""
    if shutil.which(command[0]) is None:
        raise BuildFailed(f"{command[0]} is needed for the benchmark and is not installed.")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    if process.returncode != 0:
        raise BuildFailed(f"{' '.join(command)} failed.")
    return output.decode().strip()


async def _succeed(*command: str, folder: Path = HERE) -> None:
    if shutil.which(command[0]) is None:
        raise BuildFailed(f"{command[0]} is needed for the benchmark and is not installed.")
    process = await asyncio.create_subprocess_exec(*command, cwd=folder)
    if await process.wait() != 0:
        raise BuildFailed(f"{' '.join(command)} failed.")
