"""Processes pinned to a core, and what the kernel knows of them."""

import asyncio
import os
import re
import resource
import signal
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

PATIENCE_SECONDS = 200
PORT = re.compile(r"(?:^|127\.0\.0\.1:)(\d+)\b")
CPU_CLOCK_OF_ALL_THREADS = 2


class TooFewCores(Exception):
    """The server and what drives it need a core each."""


class DidNotStart(Exception):
    """A process ended, or stayed silent, before it named its port."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cores:
    """Where the server under test runs, and where everything else does."""

    server: int
    others: int

    @classmethod
    def taken(cls) -> "Cores":
        """The first two cores there are; this process moves to the second."""
        cores = sorted(os.sched_getaffinity(0))
        if len(cores) < 2:
            raise TooFewCores("Measuring needs two cores: one for the server alone.")
        os.sched_setaffinity(0, {cores[1]})
        return cls(server=cores[0], others=cores[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that listens on 127.0.0.1."""

    process: asyncio.subprocess.Process
    port: int

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def serving(
    *command: str | Path,
    core: int,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> AsyncIterator[Server]:
    """Run a server that names its port in the first line it prints; raises DidNotStart."""
    process = await started(*command, core=core, environment=environment, folder=folder)
    try:
        said = await line_of(process)
        named = PORT.search(said)
        if named is None:
            raise DidNotStart(f"{command[0]} said {said!r} where its port was expected.")
        yield Server(process=process, port=int(named[1]))
    finally:
        await stop(process)


async def started(
    *command: str | Path,
    core: int,
    environment: Mapping[str, str] | None = None,
    errors: int | None = None,
    folder: Path | None = None,
) -> asyncio.subprocess.Process:
    """Start a process on a core; what it writes to standard error is shown unless asked for."""
    return await asyncio.create_subprocess_exec(
        *command,
        stdout=asyncio.subprocess.PIPE,
        stderr=errors,
        env=environment,
        cwd=folder,
        preexec_fn=partial(os.sched_setaffinity, 0, {core}),
        limit=2**20,
    )


async def line_of(process: asyncio.subprocess.Process) -> str:
    """The next line it says on its standard output; empty once it says nothing more."""
    assert process.stdout is not None  # noqa: S101 - `started` asks for the pipe
    async with asyncio.timeout(PATIENCE_SECONDS):
        return (await process.stdout.readline()).decode().rstrip()


async def stop(process: asyncio.subprocess.Process) -> None:
    """End a process that this program started, by force where asking does not help."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(10):
            await process.communicate()
    except TimeoutError:
        process.kill()
        await process.communicate()


def cpu_seconds(pid: int) -> float:
    """The CPU time of a process so far, all its threads together.

    The kernel's clock of the process counts nanoseconds; /proc/PID/stat has the same number in
    steps of 10 ms.
    """
    return time.clock_gettime(~pid << 3 | CPU_CLOCK_OF_ALL_THREADS)


def unsent_bytes(port: int, *, stuck: int) -> float:
    """What the kernel holds for each of the `stuck` slowest clients of a server, on average."""
    queues = []
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        _, local, _, _, held, *_ = line.split()
        if int(local.rpartition(":")[2], 16) == port:
            queues.append(int(held.partition(":")[0], 16))
    return sum(sorted(queues)[-stuck:]) / stuck


def interrupt_on_sigterm() -> None:
    """Take SIGTERM for Ctrl-C, so that no process that was started is left behind."""
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))


def raise_file_limit() -> None:
    """Let this process and those it starts open as many files as they may."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
