"""The client over our connections: what fails once does not fail for ever."""

import asyncio
from errno import EMFILE

import httpx
import pytest

from adapters.emporia.exchange import client as client_module
from adapters.emporia.exchange import wire_transport
from adapters.emporia.exchange.client import open_client
from adapters.emporia.exchange.wire_transport import WireTransport
from tests.integration.adapters.emporia.connections.conftest import (
    Line,
    PlayedCloud,
    good,
)
from tests.integration.plain_http import WITHOUT_TLS


async def test_certificates_that_could_not_be_read_are_read_the_next_time(
    cloud: PlayedCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes: list[OSError | WireTransport] = [OSError(EMFILE, "no files")]

    def load(_: object) -> WireTransport:
        outcome = outcomes.pop(0)
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    monkeypatch.setattr(client_module, "_load", load)
    cloud.plays(good)
    async with open_client(connect_timeout_seconds=2, read_timeout_seconds=5) as client:
        asked = [client.get(cloud.address) for _ in range(2)]
        told = await asyncio.gather(*asked, return_exceptions=True)
        outcomes.append(WireTransport(WITHOUT_TLS))

        assert {type(each) for each in told} == {httpx.ConnectError}
        assert (await client.get(cloud.address)).content == b"good"


async def test_who_names_no_proxy_asks_by_our_own_connections(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for scheme in ("http", "https", "all"):
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme}_proxy".upper(), raising=False)
    monkeypatch.setenv("no_proxy", "localhost")

    assert isinstance(client_module._load(()), WireTransport)


async def test_a_body_that_breaks_off_takes_no_place_with_it(
    cloud: PlayedCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def break_off(line: Line) -> None:
        await line.asked()
        await line.say(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ngood")

    monkeypatch.setattr(wire_transport, "CONNECTIONS", 1)
    cloud.plays(break_off, good)
    async with open_client(
        connect_timeout_seconds=2,
        read_timeout_seconds=0.5,
        transport=WireTransport(WITHOUT_TLS),
    ) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get(cloud.address)

        assert (await client.get(cloud.address)).content == b"good"
