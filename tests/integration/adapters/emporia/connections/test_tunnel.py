"""Through a proxy the cloud is asked by TLS, in a tunnel that the proxy opens."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from adapters.emporia.exchange.client import open_client
from tests.integration.adapters.emporia.connections.conftest import Line, PlayedCloud, good
from tests.servers.certificates import certified

Fetch = Callable[[], Awaitable[bytes]]


@pytest.fixture
async def fetch(
    cloud: PlayedCloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Fetch]:
    """Asks a cloud of a name that nobody but the proxy at `cloud` knows."""
    file, tls = certified(tmp_path / "authority", "cloud.test")
    server = await _serving(tls)
    port = server.sockets[0].getsockname()[1]
    monkeypatch.setenv("https_proxy", cloud.address.replace("//", "//me:secret@"))
    monkeypatch.delenv("no_proxy", raising=False)
    async with open_client(
        connect_timeout_seconds=2, read_timeout_seconds=0.5, ca_files=(file,)
    ) as client:

        async def ask() -> bytes:
            request = client.build_request("GET", f"https://cloud.test:{port}/x")
            return (await client.send(request)).content

        yield ask
    server.close()


async def _serving(tls: ssl.SSLContext) -> asyncio.Server:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await good(Line(reader, writer))
        writer.close()

    return await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await reader.read(65_536):
            writer.write(piece)
            await writer.drain()
    writer.close()


async def test_one_tunnel_serves_one_request_after_the_other(
    cloud: PlayedCloud, fetch: Fetch
) -> None:
    heard: list[bytes] = []

    async def tunnel(line: Line) -> None:
        heard.append(await line.asked())
        port = int(heard[0].split()[1].rpartition(b":")[2])
        there = Line(*await asyncio.open_connection("127.0.0.1", port))
        await line.say(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(
            _pass_on(line.reader, there.writer), _pass_on(there.reader, line.writer)
        )

    cloud.plays(tunnel)

    assert [await fetch() for _ in range(3)] == [b"good"] * 3
    [asked] = heard
    assert asked.startswith(b"CONNECT cloud.test:")
    assert b"\r\nProxy-Authorization: Basic bWU6c2VjcmV0\r\n" in asked
    assert b"authtoken" not in asked


@pytest.mark.parametrize(
    ("said", "failure"),
    [
        (b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n", httpx.ProxyError),
        (b"HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n", httpx.ProxyError),
        (b"SSH-2.0-proxy\r\n\r\n", httpx.RemoteProtocolError),
        (b"", httpx.TimeoutException),
    ],
)
async def test_a_proxy_that_opens_none_is_told(
    cloud: PlayedCloud, fetch: Fetch, said: bytes, failure: type[httpx.TransportError]
) -> None:
    async def refuse(line: Line) -> None:
        await line.asked()
        await line.say(said)
        await line.ended()

    cloud.plays(refuse)

    with pytest.raises(failure):
        await fetch()
    assert cloud.connections == 1
