"""Event streams that nobody reads, opened anew after each logout."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from functools import partial

from benchmarks.attack.target import Attack, Target, again, at_once, bearer, json_request, request

STREAMS = 200
MILL = {"emporiaUsername": "mill@example.com", "emporiaPassword": "mill-password"}
"""A home of a thousand circuits: its events fill every buffer within seconds."""


async def _open_and_log_out(target: Target) -> None:
    """Keep every connection, however the gateway sees the streams on them."""
    await target.ask(json_request("POST", "/emporia-auth", bearer(target.token), body=MILL))
    async with AsyncExitStack() as kept:
        await again(partial(_round, target, kept))


async def _round(target: Target, kept: AsyncExitStack) -> None:
    account = {"email": target.email, "password": target.password}
    answer = await target.ask(json_request("POST", "/login", body=account))
    if b"200 OK" not in answer:
        await asyncio.sleep(1)
        return
    token = json.loads(answer.partition(b"\r\n\r\n")[2])["token"]
    for _ in range(STREAMS):
        reader, writer = await kept.enter_async_context(target.connection(reads=False))
        writer.write(request("GET", "/devices/stream", bearer(token)))
        target.sent += 1
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                target.answered += bool(await reader.read(1))
    await target.ask(request("POST", "/logout", bearer(token)))


async def _heads(target: Target) -> None:
    question = request("HEAD", "/devices/stream", bearer(target.token))
    await at_once(STREAMS, partial(target.ask, question))


ATTACKS: Mapping[str, Attack] = {
    "event streams never read, after logout too": _open_and_log_out,
    "HEAD of the event stream": _heads,
}
