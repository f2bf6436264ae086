"""Speaks with a gateway: signs in over REST, then follows the stream through every interruption."""

import asyncio
import base64
import json
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from domain.emporia.usage import Document
from entrypoints.streams.close_codes import CloseCode
from entrypoints.watch.home import HomeFigures, KnownHome
from entrypoints.watch.legible import legible

TIMEOUT_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 30.0
FAILURES = "application/problem+json, application/json"
"""What is accepted: failures come as problems, with a code to decide by."""

TOKEN_ENDED = frozenset({"token_invalid", "user_not_found"})
NOTHING_LINKED = frozenset({"not_linked", "link_dead", "emporia_refused_request"})
NO_WAY_ON = {
    CloseCode.USER_GONE: "The account no longer exists.",
    CloseCode.NO_DEVICES: "No devices to watch: link an Emporia account with --link.",
}
"""What a stream ends with that trying again would not mend, and what it means to a person."""


class GatewayRefused(Exception):
    """The gateway will not do it; asking again would not help. The code is "" where unknown."""

    def __init__(self, sentence: str, *, code: str = "") -> None:
        super().__init__(sentence)
        self.code = code


class GatewayUnreachable(Exception):
    """No gateway answers there, or none that can at present."""


@dataclass(frozen=True, slots=True)
class Connected:
    """The stream has begun, again or for the first time."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A frame: the `deviceListUsages` in it, and whether it should have had a successor by now.

    `homes` are the figures of its homes, as the gateway worked them out.
    """

    usages: Document
    is_stale: bool
    homes: tuple[HomeFigures, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong, in a sentence; following goes on."""

    sentence: str


Event = Connected | Sample | Trouble


class Account:
    """A person's way into a gateway: the credentials, and the token they get."""

    def __init__(self, http: httpx.AsyncClient, *, email: str, password: str) -> None:
        self._http = http
        self._credentials = {"email": email, "password": password}
        self._renew_at = 0.0
        self.token = ""

    @property
    def stream_url(self) -> str:
        """Where the gateway's WebSocket is."""
        url = self._http.base_url
        return str(url.copy_with(scheme="wss" if url.scheme == "https" else "ws"))

    def seconds_until_renewal(self) -> float:
        """How long the token can be used before a new one should be had."""
        return self._renew_at - asyncio.get_running_loop().time()

    async def log_in(self) -> None:
        """Get a token for the credentials."""
        self._keep(await self._post("/login", self._credentials))

    async def renew(self) -> None:
        """Get a fresh token for the one that ends, by password where that is past renewing."""
        try:
            self._keep(await self._post("/token", {}))
        except GatewayRefused as refusal:
            if refusal.code not in TOKEN_ENDED:
                raise
            await self.log_in()

    async def link(self, *, username: str, password: str) -> None:
        """Link an Emporia account."""
        body = {"emporiaUsername": username, "emporiaPassword": password}
        await self._post("/emporia-auth", body)

    async def known_home(self) -> KnownHome:
        """What is to be known of the home beforehand; nothing of one that is not linked."""
        try:
            customer = await self._call("GET", "/devices")
        except GatewayRefused as refusal:
            if refusal.code not in NOTHING_LINKED:
                raise
            return KnownHome()
        return KnownHome.read(customer["devices"])

    async def _post(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        return await self._call("POST", path, json=body)

    async def _call(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        headers = {"Accept": FAILURES}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            answer = await self._http.request(method, path, headers=headers, **request)
        except httpx.TransportError:
            raise self._no_gateway() from None
        try:
            content: dict[str, Any] = answer.json()
            if not answer.is_error:
                return content
            sentence, code = legible(str(content["detail"])), str(content["code"])
        except (ValueError, LookupError, TypeError):
            raise self._no_gateway() from None
        if answer.is_server_error or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise GatewayUnreachable(sentence)
        raise GatewayRefused(sentence, code=code)

    def _keep(self, content: dict[str, Any]) -> None:
        try:
            self.token = content["token"]
            lifetime = _lifetime_seconds(self.token)
        except (ValueError, LookupError, TypeError, AttributeError):
            raise self._no_gateway() from None
        self._renew_at = asyncio.get_running_loop().time() + lifetime - min(60.0, lifetime / 5)

    def _no_gateway(self) -> GatewayUnreachable:
        return GatewayUnreachable(f"No gateway answers at {self._http.base_url}.")


def _lifetime_seconds(token: str) -> float:
    """By the gateway's own clock, which may differ from ours."""
    payload = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return float(claims["exp"] - claims["iat"])


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
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncGenerator[Event, None]:
    """Everything the stream brings at this scale, in kWh, for as long as it is asked for.

    Raises GatewayRefused when trying again can't help.
    """
    waits = pauses()
    while True:
        try:
            async with connect(account.stream_url, compression=None) as socket:
                async for event in _converse(socket, account, scale):
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
    socket: ClientConnection, account: Account, scale: str
) -> AsyncGenerator[Event, None]:
    """One connection from hello to its end; a token that was refused is replaced."""
    try:
        async for event in _listen(socket, account, scale):
            yield event
    except ConnectionClosed as end:
        code = end.rcvd and end.rcvd.code
        if code in NO_WAY_ON:
            raise GatewayRefused(NO_WAY_ON[CloseCode(code)]) from None
        if code != CloseCode.TOKEN_REFUSED:
            raise
        await account.log_in()


async def _listen(
    socket: ClientConnection, account: Account, scale: str
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
                await _subscribe(socket, scale)
            case {"type": "subscribed"}:
                yield Connected()
            case {"type": "deviceData", "data": {"deviceListUsages": usages, "live": live}}:
                homes = tuple(HomeFigures.read(told) for told in live.get("home", ()))
                yield Sample(usages, is_stale=live["stale"], homes=homes)
            case {"type": "error", "message": sentence}:
                yield Trouble(legible(sentence))


async def _authenticate(socket: ClientConnection, account: Account) -> None:
    await socket.send(json.dumps({"type": "authenticate", "token": account.token}))


async def _subscribe(socket: ClientConnection, scale: str) -> None:
    wanted = {"type": "subscribe", "scale": scale, "energyUnit": "KilowattHours"}
    await socket.send(json.dumps(wanted))
