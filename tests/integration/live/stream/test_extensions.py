"""Compression: not negotiated by the gateway, and no harm where another server negotiates it."""

import json
from typing import Any

from websockets.asyncio.client import connect
from websockets.frames import Opcode

from entrypoints.asgi import create_gateway
from entrypoints.websocket.wire import Wire, wire_of


async def test_a_client_that_offers_deflate_gets_plain_frames(door) -> None:
    person = await door.stage.linked()

    raw = await door.stream(person, **{"Sec-WebSocket-Extensions": "permessage-deflate"})

    assert "Sec-WebSocket-Extensions" not in raw.response.headers
    assert (await raw.next_of(Opcode.TEXT)).data.startswith(b'{"type":"deviceData"')


async def test_a_connection_that_negotiated_deflate_has_no_wire_and_is_readable(
    stage, doors
) -> None:
    stage.container.feed.add_kwargs(tick_seconds=0.02)
    gateway = create_gateway(stage.container)
    wires: list[Wire | None] = []

    async def recorded(scope: Any, receive: Any, send: Any) -> None:
        wires.append(wire_of(scope))
        await gateway(scope, receive, send)

    person = await stage.linked()
    async with doors(stage, recorded, ws_per_message_deflate=True) as door:
        async with connect(door.url) as client:
            await client.send(json.dumps({"type": "authenticate", "token": person.token}))
            kinds = [json.loads(await client.recv())["type"] for _ in range(5)]
            extensions = client.protocol.extensions
        async with connect(door.url, compression=None) as client:
            await client.send("{}")
            await client.recv()

    assert kinds == ["authenticated", *["deviceData"] * 4]
    assert [extension.name for extension in extensions] == ["permessage-deflate"]
    assert [wire is None for wire in wires] == [True, False]
