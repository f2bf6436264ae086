"""An authority of one's own is trusted for the device API and the sign-in alike."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.emporia.cognito.user_pool import CognitoEmporiaUserPool
from adapters.emporia.exchange.client import open_client
from adapters.emporia.gateway import HttpxEmporiaGateway
from adapters.system.clock import SystemClock
from domain.emporia.links import EmporiaTokens
from domain.errors import EmporiaRefusedCredentials, EmporiaTokenRefused, EmporiaUnavailable
from tests.servers.certificates import certified


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    return certified(tmp_path / "authority", "localhost")


@pytest.fixture
async def address(certificate: tuple[Path, ssl.SSLContext]) -> AsyncIterator[str]:
    """A server behind that certificate, which refuses whatever it is asked."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        body = b'{"__type":"UserNotFoundException"}'
        status = b"400 Bad" if head.startswith(b"POST") else b"401 No"
        writer.write(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body))
        await writer.drain()
        writer.close()

    _, tls = certificate
    server = await asyncio.start_server(refuse, "localhost", 0, ssl=tls)
    yield f"https://localhost:{server.sockets[0].getsockname()[1]}"
    server.close()


@pytest.mark.parametrize("is_trusted", [True, False])
async def test_one_setting_serves_the_device_api_and_the_sign_in(
    address: str, certificate: tuple[Path, ssl.SSLContext], *, is_trusted: bool
) -> None:
    file, _ = certificate
    ca_files = (file,) if is_trusted else ()
    now = datetime.now(UTC)
    tokens = EmporiaTokens(id_token="a", refresh_token="b", issued_at=now, expires_at=now)
    async with open_client(
        connect_timeout_seconds=5, read_timeout_seconds=5, ca_files=ca_files
    ) as client:
        gateway = HttpxEmporiaGateway(
            client, clock=SystemClock(), base_url=address, total_timeout_seconds=10
        )
        pool = CognitoEmporiaUserPool(
            http_client=client,
            clock=SystemClock(),
            endpoint=address,
            pool_id="us-east-2_pool",
            client_id="client",
            total_timeout_seconds=10,
        )
        with pytest.raises(EmporiaTokenRefused if is_trusted else EmporiaUnavailable):
            await gateway.customer(tokens)
        with pytest.raises(EmporiaRefusedCredentials if is_trusted else EmporiaUnavailable):
            await pool.sign_in("home@example.com", "password")
        pool.close()
