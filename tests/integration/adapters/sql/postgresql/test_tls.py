"""A server whose certificate is of no known authority is never told a password."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from adapters.postgresql.faults import DatabaseUnusable
from adapters.postgresql.migrate import upgrade
from tests.servers.certificates import certified

ASKS_FOR_TLS = bytes.fromhex("0000000804d2162f")
REFUSAL = (
    "The PostgreSQL database gateway can't be reached safely: its certificate is of no authority "
    "that is known here, or for another host; see PGSSLROOTCERT, and ssl in DATABASE_URL."
)


class Server:
    """Agrees to TLS as PostgreSQL does, and notes what it is told within."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        self.told: list[bytes] = []
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = Thread(target=self._serve)
        self._thread.start()

    @property
    def url(self) -> str:
        port = self._listener.getsockname()[1]
        return f"postgresql+asyncpg://ada:top-secret@localhost:{port}/gateway?ssl=verify-full"

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listener.accept()
                with caller:
                    assert caller.recv(8) == ASKS_FOR_TLS
                    caller.sendall(b"S")
                    with suppress(OSError), self._tls.wrap_socket(caller, server_side=True) as safe:
                        self.told.append(safe.recv(1024))


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    return certified(tmp_path / "server", "localhost")


@pytest.fixture
def server(certificate: tuple[Path, ssl.SSLContext]) -> Iterator[Server]:
    server = Server(certificate[1])
    yield server
    server.close()


def test_an_authority_that_vouches_for_it_is_enough(server: Server, certificate, monkeypatch):
    monkeypatch.setenv("PGSSLROOTCERT", str(certificate[0]))

    with pytest.raises(DatabaseUnusable):  # it hangs up
        upgrade(server.url)

    assert b"gateway" in server.told[0]


def test_another_authority_is_not(server: Server, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PGSSLROOTCERT", str(certified(tmp_path / "other", "localhost")[0]))

    with pytest.raises(DatabaseUnusable) as refusal:
        upgrade(server.url)

    assert str(refusal.value) == REFUSAL
    assert server.told == []


def test_nor_is_none(server: Server, tmp_path: Path, monkeypatch):
    monkeypatch.delenv("PGSSLROOTCERT", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))  # where one is looked for then

    with pytest.raises(DatabaseUnusable) as refusal:
        upgrade(server.url)

    assert str(refusal.value) == REFUSAL
    assert server.told == []


def test_an_authority_whose_file_is_not_there_is_named(server: Server, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PGSSLROOTCERT", str(tmp_path / "nothing.pem"))

    with pytest.raises(DatabaseUnusable) as refusal:
        upgrade(server.url)

    assert str(refusal.value) == (
        "The PostgreSQL database gateway can't be reached: its socket, or the file of "
        "PGSSLROOTCERT, is not there."
    )
    assert server.told == []
