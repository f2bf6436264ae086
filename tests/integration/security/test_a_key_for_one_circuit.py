"""All that a key for one circuit is told, word for word as `docs/security.md` shows it."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.integration.security.crossing import RANGE, ROWS, SERIES

PAGE = (Path(__file__).parents[3] / "docs/security.md").read_text()
NUMBER = re.compile(r"-?\d+(?:\.\d+(?:e-?\d+)?|e-?\d+)")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
DAYS = re.compile(r'(\["[\d-]+",0\.0625\],?)+')
BODY = {"name": "display", "scopes": ["read", "stream", "export"]}
CIRCUIT = {"deviceGid": 1001, "channel": "1"}


def still(text: str) -> str:
    """The text with every measured number and instant made the same, and one day for many."""
    text = INSTANT.sub("2026-03-01T12:00:00Z", NUMBER.sub("0.0625", text))
    return DAYS.sub('["2026-03-01",0.0625]', text)


async def all_of(stage: Any) -> dict[str, str]:
    """Each question a key for one circuit can ask, and what it is told."""
    person = await stage.linked()
    wanted = {**BODY, "channels": [CIRCUIT]}
    made = await stage.client.post("/me/keys", headers=person.bearer, json=wanted)
    key = replace(person, token=made.json()["secret"])
    now = {"scale": "1MIN", "energyUnit": "KilowattHours", "instant": datetime.now(UTC).isoformat()}
    past = {"channels": "1", **RANGE, **SERIES}
    questions: list[tuple[str, str, dict[str, Any]]] = [
        ("GET /devices", "/devices", {}),
        ("GET /devices?stale=true", "/devices", {"stale": "true"}),
        ("GET /devices/instant", "/devices/instant", now),
        ("GET /devices/instant?devices=1001", "/devices/instant", {**now, "devices": 1001}),
        ("GET /devices/instant?devices=1002", "/devices/instant", {**now, "devices": 1002}),
        ("GET /devices/1001/history?channels=1", "/devices/1001/history", past),
        (
            "GET /devices/1001/history?channels=1,2,3",
            "/devices/1001/history",
            {**past, "channels": "1,2,3"},
        ),
        ("GET /devices/1002/history?channels=1,2,3", "/devices/1002/history", past),
        ("GET /devices/stream?devices=1002", "/devices/stream", {"devices": 1002}),
        ("GET /history?series=1001:1", "/history", {"series": "1001:1", **RANGE, **SERIES}),
        ("GET /history?series=1001:2", "/history", {"series": "1001:2", **RANGE, **SERIES}),
        ("GET /flows", "/flows", {"scale": "1H", **RANGE}),
        ("GET /archive", "/archive", {}),
        ("GET /archive/coverage?series=1001:1", "/archive/coverage", {"series": "1001:1"}),
        ("GET /archive/coverage?series=1001:2", "/archive/coverage", {"series": "1001:2"}),
        ("GET /export", "/export", {"scale": "1H", **RANGE}),
        ("GET /export?series=1001:2", "/export", {"scale": "1H", "series": "1001:2"}),
        ("GET /export?series=1002:1", "/export", {"scale": "1H", "series": "1002:1"}),
    ]
    told = {}
    for name, path, query in questions:
        answer = await stage.get(path, key, **query)
        lines = answer.text.replace("\r\n", "\\r\\n")
        told[name] = f"{answer.status_code} {lines}"
    told |= await streams(stage, key)
    refused = set()
    for method, path in ROWS:
        filled = path.format(
            deviceGid=1001, session_id="x", key_id="x", import_id="x", tariff_id="x"
        )
        if method + " " + path not in told and not path.startswith(
            ("/devices", "/health", "/auth", "/history", "/flows", "/archive")
        ):
            answer = await stage.client.request(method, filled, headers=key.bearer)
            refused.add(f"{answer.status_code} {answer.text}")
    public = {line for line in refused if not line.startswith("403")}
    assert public == {'400 {"error":"Email and password are required."}'}
    (told["everything else"],) = refused - public
    return {name: still(line) for name, line in told.items()}


async def streams(stage: Any, key: Any) -> dict[str, str]:
    """The socket from its first message on, and the first event."""
    told = {}
    socket = await stage.connect()
    for message in (
        {"type": "authenticate", "token": key.token},
        {"type": "subscribe"},
        {"type": "subscribe", "devices": [1002]},
    ):
        await socket.send(message)
        shown = {name: value for name, value in message.items() if name != "token"}
        told[f"socket: {json.dumps(shown)}"] = json.dumps(await until_told(socket))
        if message["type"] != "subscribe" or "devices" not in message:
            frame = await socket.receive_until("deviceData")
            told[f"frame after {json.dumps(shown)}"] = json.dumps(frame)
    async with stage.client.stream("GET", "/devices/stream", headers=key.bearer) as events:
        async for line in events.aiter_lines():
            if line.startswith("data: "):
                told["GET /devices/stream"] = line
                break
    return told


async def until_told(socket: Any) -> dict[str, Any]:
    """The next message that is no frame."""
    while (message := await socket.receive())["type"] == "deviceData":
        pass
    told: dict[str, Any] = message
    return told


async def test_the_page_shows_every_answer_and_frame_of_a_key_for_one_circuit(stage):
    table = PAGE.partition("### What a key for one circuit is told")[2].partition("```")[2]
    shown = table.partition("```")[0].removeprefix("text\n")
    assert shown == "".join(f"{name}\n    {line}\n" for name, line in (await all_of(stage)).items())
