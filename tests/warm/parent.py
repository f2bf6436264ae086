"""Loads all of the program once, then forks it for every caller that connects.

Three processes take part: this one, a keeper that hands signals on and tells how it ended, and the
program itself. When a caller is gone the keeper kills its program; when the tests are, we end.
"""

import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import sys

PACKAGES = ("entrypoints", "adapters", "application", "domain")
LIBRARIES = ("alembic.command", "botocore.session", "pycognito", "rich.console", "uvicorn.config")
NOT_LOADED = ("adapters.sqlite.migrations", "adapters.postgresql.migrations")
"""Alembic loads these itself, from their files."""


def load() -> None:
    """Import whatever a command may need, without running any of it."""
    for name in (*PACKAGES, *LIBRARIES):
        importlib.import_module(name)
    for package in PACKAGES:
        walk = pkgutil.walk_packages(sys.modules[package].__path__, f"{package}.")
        for module in walk:
            if not module.name.startswith(NOT_LOADED):
                importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


def fork_for_callers(listener: socket.socket) -> None:
    """Return in the process that is to be the program, and in no other one."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in ready:
            sys.exit()
        connection, _ = listener.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            listener.close()
            keep(connection)
            return
        connection.close()


def keep(connection: socket.socket) -> None:
    """Fork the program, in which this returns; the keeper ends when the program has."""
    size, streams, _, _ = socket.recv_fds(connection, 4, 3)
    with connection.makefile("rb") as asked:
        request = asked.read(int.from_bytes(size, "big"))
    program = os.fork()
    if program == 0:
        connection.close()
        become(*json.loads(request), streams=streams)
        return
    for stream in streams:
        os.close(stream)
    ended = os.pidfd_open(program)
    told = connection.fileno()
    while ended not in select.select([ended, told], [], [])[0]:
        for number in connection.recv(64) or [signal.SIGKILL]:
            os.kill(program, number)
    _, status = os.waitpid(program, 0)
    try:
        connection.sendall(status.to_bytes(4, "big"))
    finally:
        os._exit(0)


def become(
    arguments: list[str], folder: str, environment: dict[str, str], *, streams: list[int]
) -> None:
    """Take all that a program is started with."""
    sys.argv = arguments
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdout.reconfigure(line_buffering=os.isatty(1))  # type: ignore[union-attr]


if __name__ == "__main__":
    load()
    fork_for_callers(socket.socket(fileno=int(sys.argv[1])))
    from entrypoints.cli import main

    main()
