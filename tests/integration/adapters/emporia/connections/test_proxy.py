"""Where the operator names a proxy, the cloud is asked through it."""

import httpx
import pytest

from adapters.emporia.exchange.client import open_client
from tests.integration.adapters.emporia.connections.conftest import Line, PlayedCloud


async def test_the_proxy_is_asked_for_the_whole_address(
    cloud: PlayedCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bytes] = []

    async def listen(line: Line) -> None:
        heard.append(await line.asked())
        await line.say(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood")

    monkeypatch.setenv("http_proxy", cloud.address)
    monkeypatch.delenv("no_proxy", raising=False)
    cloud.plays(listen)
    async with open_client(connect_timeout_seconds=2, read_timeout_seconds=5) as client:
        answer = await client.send(
            httpx.Request(
                "GET", "http://api.example.com/x", extensions={"timeout": client.timeout.as_dict()}
            )
        )

    assert answer.content == b"good"
    assert heard[0].startswith(b"GET http://api.example.com/x HTTP/1.1\r\n")
