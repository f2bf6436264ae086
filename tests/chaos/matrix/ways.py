"""Ways in which an answer of the cloud goes wrong, for the fault proxy."""

import asyncio
import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from typing import Any

from tests.chaos.fault_proxy import Answer, Exchange, Way, wire

DRIP_SECONDS = 0.2
"""Between two bytes: less than the gateway waits for one, more than it waits in all."""

DENIED = b'<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>'
JSON = {"Content-Type": "application/json"}
AMAZON_JSON = {"Content-Type": "application/x-amz-json-1.1"}
REFUSAL = b'{"__type":"NotAuthorizedException","message":"Refresh Token has been revoked"}'
"""Cognito's own refusal, with status 400; with any other it is not Cognito's."""

MEGABYTE = 1_000_000


def saying(status: int, body: bytes, *, kind: str = "application/json", **headers: str) -> Way:
    """Answer everything with this."""

    async def way(exchange: Exchange) -> None:
        told = {"Content-Type": kind, **{k.replace("_", "-"): v for k, v in headers.items()}}
        await exchange.write(wire(Answer(status=status, body=body, headers=told)))

    return way


async def stall(_: Exchange) -> None:
    """Say nothing, and stay."""
    await asyncio.Event().wait()


async def drip(exchange: Exchange) -> None:
    """A byte now and then, for as long as somebody listens."""
    for byte in wire(await exchange.answer()):
        await exchange.write(bytes([byte]))
        await asyncio.sleep(DRIP_SECONDS)


async def reset_in_the_body(exchange: Exchange) -> None:
    """Half an answer, and a reset."""
    whole = wire(await exchange.answer())
    await exchange.write(whole[: -len(whole) // 4])
    exchange.cut()


async def speak_something_else(exchange: Exchange) -> None:
    """Greet as a server of another protocol does."""
    await exchange.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    exchange.cut()


async def truncate(exchange: Exchange) -> None:
    """Half of the JSON, as if it were all."""
    answer = await exchange.answer()
    await exchange.write(wire(answer.saying(answer.body[: len(answer.body) // 2])))


async def mistype(exchange: Exchange) -> None:
    """Numbers are objects, texts are numbers."""
    answer = await exchange.answer()
    document = json.dumps(_mistyped(json.loads(answer.body)))
    await exchange.write(wire(answer.saying(document.encode())))


async def bloat(exchange: Exchange) -> None:
    """The right answer, and 10 MB that nobody asked for."""
    answer = await exchange.answer()
    padding = b',"padding":"' + b"x" * (10 * MEGABYTE) + b'"}'
    await exchange.write(wire(answer.saying(answer.body.rstrip()[:-1] + padding)))


async def bomb(exchange: Exchange) -> None:
    """A quarter megabyte that unpacks to 256."""
    headers = {**JSON, "Content-Encoding": "gzip"}
    await exchange.write(wire(Answer(status=200, body=packed(), headers=headers)))


async def break_histories(exchange: Exchange) -> None:
    """500 to whatever asks for a chart, and all else as it is."""
    answer = await exchange.answer()
    if "getChartUsage" in exchange.request.target:
        answer = Answer(status=500, body=b'{"message":"Internal server error"}', headers=JSON)
    await exchange.write(wire(answer))


async def refuse_one_device(exchange: Exchange) -> None:
    """401 to whatever names the second device."""
    asked = exchange.request.target.partition("&instant=")[0].partition("&start=")[0]
    if "6602" not in asked:  # in what follows, fractions of seconds may hold the same digits
        await exchange.write(wire(await exchange.answer()))
        return
    sentence = "panels@example.com is not authorized on the requested deviceGid 6602"
    body = json.dumps({"message": sentence}).encode()
    await exchange.write(wire(Answer(status=401, body=body, headers=JSON)))


def dating(moment: Callable[[], datetime]) -> Way:
    """Date every answer as of then; a proof of a password, which is dated too, is refused."""

    async def way(exchange: Exchange) -> None:
        answer = await exchange.answer()
        if exchange.request.headers.get("x-amz-target", "").endswith("RespondToAuthChallenge"):
            refusal = (
                b'{"__type":"NotAuthorizedException","message":"Incorrect username or password."}'
            )
            answer = Answer(status=400, body=refusal, headers=AMAZON_JSON)
        headers = {name: value for name, value in answer.headers.items() if name.lower() != "date"}
        date = {"Date": format_datetime(moment(), usegmt=True)}
        await exchange.write(wire(replace(answer, headers={**headers, **date})))

    return way


def _mistyped(value: Any) -> Any:
    match value:
        case dict():
            return {name: _mistyped(inner) for name, inner in value.items()}
        case list():
            return [_mistyped(inner) for inner in value]
        case str():
            return 7
        case _:
            return {}


@cache
def packed() -> bytes:
    """What `bomb` sends; the first time takes a second."""
    return gzip.compress(b'{"padding":"' + b"x" * (256 * MEGABYTE), compresslevel=9)
