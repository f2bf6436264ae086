"""The gateway as `emporia-api serve` runs it, with two things added for measuring: the tick may
be faster than a second, and SIGUSR1 prints what the process holds.

Usage: python -m benchmarks.gateway HZ, with the settings in the environment. Prints its URL.
"""

import asyncio
import gc
import json
import os
import signal
import sys
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path

import click
import httpx

from entrypoints.asgi import create_gateway
from entrypoints.commands.starting.loading import exempt_what_is_loaded
from entrypoints.composition import build_container, migrate
from entrypoints.load_settings import load_settings
from entrypoints.logs.set_up import log_to_stderr
from entrypoints.server import StopSignals, listen, run, serve

CLOUD = "connection to the cloud"


def main(hz: float) -> None:
    """Serve until SIGTERM."""
    settings = load_settings(env_file=None)
    log_to_stderr(settings.log_level, settings.log_format)
    listener = listen(host=settings.host, port=settings.port)
    migrate(settings)
    container = build_container(settings)
    if hz != 1:
        container.feed.add_kwargs(tick_seconds=1 / hz)
    app = create_gateway(container)

    async def announce(url: str) -> None:
        exempt_what_is_loaded()
        click.echo(url)

    async def watched(stop: StopSignals) -> None:
        cloud_port = httpx.URL(settings.emporia_api_url).port or 443
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _report, cloud_port)
        await serve(app, listener=listener, settings=settings, stop=stop.asked, on_ready=announce)

    run(watched, grace_seconds=settings.shutdown_grace_seconds)


def _open_files(cloud_port: int) -> Counter[str]:
    """By name; of sockets and pipes the kind alone, but for connections to the cloud."""
    to_cloud = _sockets_to(cloud_port)
    names: Counter[str] = Counter()
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the one that looked
            target = str(descriptor.readlink())
            names[CLOUD if target in to_cloud else target.partition(":[")[0]] += 1
    return names


def _sockets_to(port: int) -> frozenset[str]:
    """The sockets of this machine that are connected to a port, as descriptors name them."""
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    rows = [line.split() for line in lines]
    return frozenset(
        f"socket:[{row[9]}]" for row in rows if int(row[2].partition(":")[2], 16) == port
    )


def _report(cloud_port: int) -> None:
    gc.collect()
    tasks = asyncio.all_tasks()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    files = _open_files(cloud_port)
    # The recorder asks every few seconds: whether a connection idles just now is chance.
    to_cloud = files.pop(CLOUD, 0)
    held = {
        "tasks": len(tasks),
        "files": files.total(),
        "connections_to_the_cloud": to_cloud,
        "threads": threading.active_count(),
        "objects": len(gc.get_objects()),
        "rss_kb": pages * os.sysconf("SC_PAGESIZE") // 1024,
        "task_names": Counter(getattr(task.get_coro(), "__qualname__", "?") for task in tasks),
        "file_names": files,
    }
    click.echo(json.dumps(held))


if __name__ == "__main__":
    main(float(sys.argv[1]))
