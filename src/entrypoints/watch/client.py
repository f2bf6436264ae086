"""Follows a gateway's stream through every interruption."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from domain.emporia.usage import Document
from entrypoints.streams.close_codes import CloseCode
from entrypoints.watch.account import Account, GatewayRefused, GatewayUnreachable
from entrypoints.watch.costs import HomeCosts
from entrypoints.watch.home import HomeFigures
from entrypoints.watch.legible import legible

LONGEST_PAUSE_SECONDS = 30.0
USER_GONE = "The account no longer exists."
NO_LINK = frozenset({"no_devices", "not_linked", "link_dead"})
"""Codes of why there is nothing to watch, on the stream and of REST."""

LINK_YOURS = "No devices to watch: link an Emporia account with --link."
LINK_AGAIN = "Emporia has ended the link: link the Emporia account again with --link."


@dataclass(frozen=True, slots=True)
class Connected:
    """The stream has begun, again or for the first time."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A frame: the `deviceListUsages` in it, and whether it should have had a successor by now.

    `homes` are the figures of its homes, as the gateway worked them out, and `costs` what they
    cost: none where that is not known, None where nobody asked.
    """

    usages: Document
    is_stale: bool
    homes: tuple[HomeFigures, ...] = ()
    costs: tuple[HomeCosts, ...] | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong, in a sentence; following goes on. The code is "" where none was told."""

    sentence: str
    code: str = field(default="", compare=False)


Event = Connected | Sample | Trouble


def pauses() -> Iterator[float]:
    """How long to wait before each try: ever longer, and never quite when others do."""
    longest = 1.0
    while True:
        yield longest * random.uniform(0.5, 1.0)  # noqa: S311  # spreads load, hides nothing
        longest = min(longest * 2, LONGEST_PAUSE_SECONDS)


async def follow(
    account: Account,
    *,
    scale: str,
    with_costs: bool = False,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncGenerator[Event, None]:
    """Everything the stream brings at this scale, in kWh, for as long as it is asked for.

    With costs, frames tell what homes cost, too.
    Raises GatewayRefused when trying again can't help.
    """
    wanted: dict[str, Any] = {"scale": scale, "energyUnit": "KilowattHours"}
    if with_costs:
        wanted["extras"] = ["cost"]
    waits = pauses()
    while True:
        try:
            async with connect(account.stream_url, compression=None) as socket:
                async for event in _converse(socket, account, wanted):
                    if isinstance(event, Sample):
                        waits = pauses()
                    yield event
            reason = "The stream has to begin again"
        except ConnectionClosed:
            reason = "The stream ended"
        except (OSError, WebSocketException, GatewayUnreachable):
            reason = "The gateway can't be reached"
        seconds = next(waits)
        yield Trouble(f"{reason}; trying again in {seconds:.0f} s.")
        await sleep(seconds)


async def _converse(
    socket: ClientConnection, account: Account, wanted: Document
) -> AsyncGenerator[Event, None]:
    """One connection from hello to its end; a token that was refused is replaced."""
    told = ""
    try:
        async for event in _listen(socket, account, wanted):
            if isinstance(event, Trouble):
                told = event.code
            yield event
    except ConnectionClosed as end:
        match end.rcvd and end.rcvd.code:
            case CloseCode.USER_GONE:
                raise GatewayRefused(USER_GONE) from None
            case CloseCode.NO_DEVICES:
                # A stream that ends before it could be asked for codes has told none.
                code = told if told in NO_LINK else await account.missing_link()
                sentence = LINK_AGAIN if code == "link_dead" else LINK_YOURS
                raise GatewayRefused(sentence, code=code) from None
            case CloseCode.TOKEN_REFUSED:
                await account.log_in()
            case _:
                raise


async def _listen(
    socket: ClientConnection, account: Account, wanted: Document
) -> AsyncGenerator[Event, None]:
    """What one connection brings; renews the token before it runs out.

    A frame that came before the subscription is of another scale: it has no `live`, and is let by.
    """
    await _authenticate(socket, account)
    is_subscribing = False
    while True:
        try:
            async with asyncio.timeout(account.seconds_until_renewal()):
                message = json.loads(await socket.recv())
        except TimeoutError:
            await account.renew()
            await _authenticate(socket, account)
            continue
        match message:
            case {"type": "authenticated"} if not is_subscribing:
                is_subscribing = True
                await _subscribe(socket, wanted)
            case {"type": "subscribed"}:
                yield Connected()
            case {"type": "deviceData", "data": {"deviceListUsages": usages, "live": live}}:
                homes = tuple(HomeFigures.read(told) for told in live.get("home", ()))
                yield Sample(
                    usages, is_stale=live["stale"], homes=homes, costs=_costs(live, wanted)
                )
            case {"type": "error", "message": sentence, **rest}:
                yield Trouble(legible(sentence), code=str(rest.get("code", "")))


def _costs(live: Document, wanted: Document) -> tuple[HomeCosts, ...] | None:
    if "extras" not in wanted:
        return None
    return tuple(HomeCosts.read(told) for told in live.get("cost") or ())


async def _authenticate(socket: ClientConnection, account: Account) -> None:
    await socket.send(json.dumps({"type": "authenticate", "token": account.token}))


async def _subscribe(socket: ClientConnection, wanted: Document) -> None:
    await socket.send(json.dumps({"type": "subscribe", **wanted}))
