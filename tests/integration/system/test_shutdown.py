"""SIGTERM: every stream is told goodbye, and the process is gone in time, without a complaint."""

import asyncio
import json
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing, suppress
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.client import ClientProtocol
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State
from websockets.uri import parse_uri

SOCKETS = 50
GRACE_SECONDS = 5
STUCK_BYTES = 8_000_000
SERVICE_RESTART = 1012
INSTANT = "/devices/instant?instant=2026-03-01&scale=1H&energyUnit=KilowattHours"
COMPLAINTS = (
    "Traceback",
    "was destroyed",
    "never retrieved",
    "never awaited",
    "unclosed",
    "longer than the grace time",
)


async def streaming(url: str, token: str, resources: AsyncExitStack) -> ClientConnection:
    """A socket that has received its first frame."""
    connection = await resources.enter_async_context(connect(url))
    await connection.send(json.dumps({"type": "authenticate", "token": token}))
    while json.loads(await connection.recv())["type"] != "deviceData":
        pass
    return connection


async def close_code(connection: ClientConnection) -> int | None:
    with suppress(ConnectionClosed):
        while True:
            await connection.recv()
    return connection.close_code


def stuck(url: str, token: str) -> socket.socket:
    """A client that pings until the pongs fill every buffer there is, and reads none of them."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    client.connect((urlsplit(url).hostname, urlsplit(url).port))
    protocol = ClientProtocol(parse_uri(url))
    protocol.send_request(protocol.connect())
    client.sendall(b"".join(protocol.data_to_send()))
    while protocol.state is State.CONNECTING:
        protocol.receive_data(client.recv(1))
    protocol.send_text(json.dumps({"type": "authenticate", "token": token}).encode())
    client.settimeout(1)
    with suppress(TimeoutError):
        for _ in range(STUCK_BYTES // 100 // 125):
            for _ in range(100):
                protocol.send_ping(b"-" * 125)
            client.sendall(b"".join(protocol.data_to_send()))
    return client


def complaints(said: str) -> Iterator[str]:
    return (line for line in said.splitlines() if any(sign in line for sign in COMPLAINTS))


async def device_requests(cloud: httpx.AsyncClient) -> int:
    """How many the cloud has taken in, whether answered yet or not."""
    total: int = (await cloud.get("/simulator/requests")).json()["total"]
    return total


@pytest.mark.parametrize("debug", [{}, {"PYTHONDEVMODE": "1"}], ids=["plain", "dev mode"])
async def test_sigterm_closes_fifty_streams_with_1012_and_ends_quietly(gateways, debug):
    async with gateways(**debug) as gateway, AsyncExitStack() as resources:
        token = await gateway.linked()
        streams = [await streaming(gateway.stream_url, token, resources) for _ in range(SOCKETS)]

        started = time.monotonic()
        (exit_code, said), *codes = await asyncio.gather(
            gateway.end(signal.SIGTERM), *map(close_code, streams)
        )
        seconds = time.monotonic() - started

    assert codes == [SERVICE_RESTART] * SOCKETS
    assert exit_code == 0
    assert seconds < GRACE_SECONDS
    assert list(complaints(said)) == []
    assert " ERROR " not in said


async def test_a_client_that_never_reads_does_not_hold_up_the_end(gateways):
    async with gateways() as gateway, AsyncExitStack() as resources:
        token = await gateway.linked()
        streams = [await streaming(gateway.stream_url, token, resources) for _ in range(5)]
        resources.enter_context(closing(await asyncio.to_thread(stuck, gateway.stream_url, token)))

        started = time.monotonic()
        (exit_code, said), *codes = await asyncio.gather(
            gateway.end(signal.SIGTERM), *map(close_code, streams)
        )
        seconds = time.monotonic() - started

    assert codes == [SERVICE_RESTART] * len(streams)
    assert exit_code == 0
    assert seconds < GRACE_SECONDS + 1
    assert list(complaints(said)) == []


async def test_a_request_that_is_under_way_is_answered_first(gateways, cloud):
    async with gateways() as gateway:
        token = await gateway.linked()
        before = await device_requests(cloud)
        await cloud.post("/simulator/faults", json={"kind": "latency", "seconds": 1.5})
        asking = asyncio.create_task(
            gateway.client.get(
                "/devices/instant?instant=2026-03-01&scale=1H&energyUnit=KilowattHours",
                headers={"Authorization": f"Bearer {token}"},
            )
        )
        async with asyncio.timeout(GRACE_SECONDS):
            while await device_requests(cloud) == before:
                pass

        exit_code, said = await gateway.end(signal.SIGTERM)
        answer = await asking

    assert answer.status_code == 200
    assert exit_code == 0
    assert " ERROR " not in said


async def test_calls_that_outlast_the_grace_time_are_told_to_come_again(gateways, cloud):
    async with gateways(SHUTDOWN_GRACE_SECONDS="2") as gateway:
        token = await gateway.linked()
        await cloud.post("/simulator/faults", json={"kind": "latency", "seconds": 15})
        bearer = {"Authorization": f"Bearer {token}"}
        problems = {**bearer, "Accept": "application/problem+json"}
        asking = [
            asyncio.create_task(gateway.client.get(path, headers=headers))
            for path, headers in (
                (INSTANT, bearer),
                (INSTANT, bearer),
                (INSTANT.replace("1H", "1D"), problems),
            )
        ]
        before = await device_requests(cloud)
        async with asyncio.timeout(GRACE_SECONDS):
            while await device_requests(cloud) < before + 2:
                pass

        exit_code, said = await gateway.end(signal.SIGTERM)
        answers = await asyncio.gather(*asking)

    for answer in answers:
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.headers["Connection"] == "close"
    *plain, problem = (answer.json() for answer in answers)
    assert plain == [{"error": "The gateway is stopping; try again in a moment."}] * 2
    assert problem["code"] == "stopping"
    assert exit_code == 0
    assert list(complaints(said)) == []
    assert " ERROR " not in said


async def test_who_comes_while_the_gateway_stops_finds_no_connection(gateways, cloud):
    async with gateways() as gateway:
        token = await gateway.linked()
        before = await device_requests(cloud)
        await cloud.post("/simulator/faults", json={"kind": "latency", "seconds": 1.5})
        asking = asyncio.create_task(
            gateway.client.get(INSTANT, headers={"Authorization": f"Bearer {token}"})
        )
        async with asyncio.timeout(GRACE_SECONDS):
            while await device_requests(cloud) == before:
                pass
        gateway.process.send_signal(signal.SIGTERM)
        with pytest.raises(httpx.ConnectError):
            await ask_for_ever(gateway.url)
        asking.cancel()


async def ask_for_ever(url: str) -> None:
    while True:
        await asyncio.to_thread(httpx.get, f"{url}/health/live")
