"""A process that has no files left goes on, and says so once."""

import os
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from entrypoints.serving import acceptor

ASK = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"


@contextmanager
def no_more_files() -> Iterator[None]:
    """Nothing can be opened meanwhile."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(name) for name in os.listdir("/proc/self/fd"))  # noqa: PTH208
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest, hard))
    held: list[int] = []
    try:
        while True:
            held.append(os.dup(0))
    except OSError:
        pass
    try:
        yield
    finally:
        for descriptor in held:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def test_running_out_of_files_is_survived_and_told_once(
    stage, caplog, monkeypatch, eventually
) -> None:
    monkeypatch.setattr(acceptor, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(acceptor, "CALM_SECONDS", 0.1)
    where = urlsplit(stage.url)
    clients = [socket.socket() for _ in range(20)]
    failures = count_failures(monkeypatch)

    with no_more_files():
        for client in clients:
            client.setblocking(False)
            client.connect_ex((where.hostname, where.port))
        await eventually(lambda: len(failures) > 10)

    for client in clients:
        client.close()
    await eventually(lambda: told(caplog)[1:] != [] or ask(where))
    assert (await stage.client.get("/health/live")).status_code == 200
    begin, end = told(caplog)
    assert begin == "No new connections can be taken in: Too many open files"
    assert end == "New connections are taken in again"


def count_failures(monkeypatch) -> list[OSError]:
    """Note each time that a connection could not be taken in."""
    failures: list[OSError] = []
    note = acceptor.Acceptor._note_failure

    def noting(self: acceptor.Acceptor, error: OSError) -> None:
        failures.append(error)
        note(self, error)

    monkeypatch.setattr(acceptor.Acceptor, "_note_failure", noting)
    return failures


def ask(where) -> bool:
    """Come and go: only who is taken in shows that it is over."""
    with socket.socket() as client:
        client.setblocking(False)
        client.connect_ex((where.hostname, where.port))
    return False


def told(caplog) -> list[str]:
    return [record.message for record in caplog.records if record.name.endswith("acceptor")]


@pytest.mark.usefixtures("stage")
def test_as_many_files_as_the_system_allows_are_asked_for() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)

    assert soft == hard
