"""What the log says about a socket has the id of its handshake."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.asyncio.client import connect

from entrypoints.logs.set_up import formatter
from entrypoints.websocket import arrivals, conversation


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """What is logged about conversations, as programs read it."""
    told: list[dict[str, Any]] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(json.loads(self.format(record)))

    handler = Handler()
    handler.setFormatter(formatter("json"))
    conversation.logger.addHandler(handler)
    yield told
    conversation.logger.removeHandler(handler)


async def break_a_stream(stage: Any, monkeypatch: pytest.MonkeyPatch, **headers: str) -> None:
    """Let a bug meet a socket whose handshake has these headers."""

    def broken(_: object) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr(arrivals, "read_message", broken)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    async with connect(stage.stream_url, additional_headers=given) as socket:
        await socket.send("{}")
        await socket.wait_closed()


async def test_a_trusted_proxy_s_id_is_in_lines_about_a_socket(stage, monkeypatch, lines) -> None:
    await break_a_stream(stage, monkeypatch, X_Request_ID="front-7")

    assert [(line["event"], line["request_id"]) for line in lines] == [
        ("a_stream_broke", "front-7")
    ]


async def test_a_stranger_s_id_is_not_and_each_socket_has_its_own(
    stages, monkeypatch, lines
) -> None:
    async with stages(trusted_proxies=()) as stage:
        for _ in range(2):
            await break_a_stream(stage, monkeypatch, X_Request_ID="front-7")

    ids = {line["request_id"] for line in lines}
    assert len(ids) == 2
    assert "front-7" not in ids
