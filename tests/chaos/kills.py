"""kill -9 at a random moment under writes: what was acknowledged is there afterwards."""

import asyncio
import json
import random
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import connect

from tests.integration.system.conftest import (
    PASSWORD,
    PATIENCE_SECONDS,
    Gateway,
    Gateways,
)

EMPORIA = {"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"}
OTHER_EMPORIA = {"emporiaUsername": "solar@example.com", "emporiaPassword": "solar-password"}
LONGEST_SECONDS = 1.0
"""From the first write of a round to the end of the gateway, at most."""

FRAME_SECONDS = 15


@dataclass(slots=True)
class Acknowledged:
    """What answers have promised; what was asked and not answered may be either way."""

    here: set[str] = field(default_factory=set)
    """Emails of people who signed up."""
    gone: set[str] = field(default_factory=set)
    """Emails of people who were erased."""
    ended: list[str] = field(default_factory=list)
    """Tokens that were logged out."""
    links: dict[str, str | None] = field(default_factory=dict)
    """By token, the name that a person has linked; in flight it is not known."""
    writes: int = 0
    some: asyncio.Event = field(default_factory=asyncio.Event)

    def count(self) -> None:
        """One more was acknowledged."""
        self.writes += 1
        self.some.set()


async def rounds_of_kills(gateways: Gateways, *, rounds: int, seed: int) -> int:
    """Kill so often, and look after each time; the writes that were acknowledged.

    Raises AssertionError where one of them is lost.
    """
    chance = random.Random(seed)  # noqa: S311  # only has to be the same again
    writes, viewer, promised = 0, "", Acknowledged()
    for number in range(rounds + 1):
        async with gateways() as gateway:
            await is_kept(gateway, promised)
            viewer = viewer or await gateway.linked("viewer@example.com")
            await is_shown(gateway, viewer)
            if number < rounds:
                promised = await _killed_under_writes(gateway, viewer, chance, f"{number}")
                writes += promised.writes
    return writes


async def _killed_under_writes(
    gateway: Gateway, viewer: str, chance: random.Random, name: str
) -> Acknowledged:
    """Write until the gateway is killed, some time after the first write was acknowledged."""
    promised = Acknowledged()
    writers = write_until_killed(gateway, promised, name)
    watching = asyncio.create_task(is_shown(gateway, viewer, frames=1_000))
    async with asyncio.timeout(PATIENCE_SECONDS):
        await promised.some.wait()
    await asyncio.sleep(chance.uniform(0, LONGEST_SECONDS))
    code, said = await gateway.end(signal.SIGKILL)
    assert code == -signal.SIGKILL, said
    await asyncio.gather(*writers)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    return promised


Write = Callable[[Gateway, Acknowledged, str], Awaitable[None]]


def write_until_killed(
    gateway: Gateway, promised: Acknowledged, name: str
) -> list[asyncio.Task[None]]:
    """Let people sign up, leave, log out, link and unlink, all at once, until it is killed."""
    return [
        asyncio.create_task(_until_killed(write, gateway, promised, f"{name}-{place}"))
        for place, write in enumerate((_sign_up, _leave, _log_out, _link))
    ]


async def _until_killed(write: Write, gateway: Gateway, promised: Acknowledged, name: str) -> None:
    with suppress(httpx.TransportError):
        for number in range(1_000):
            await write(gateway, promised, f"person-{name}-{number}@example.com")


async def _sign_up(gateway: Gateway, promised: Acknowledged, email: str) -> None:
    assert await gateway.sign_up(email) == 201
    promised.here.add(email)
    promised.count()


async def _leave(gateway: Gateway, promised: Acknowledged, email: str) -> None:
    token = await _logged_in(gateway, promised, email)
    promised.here.discard(email)
    answer = await gateway.client.request(
        "DELETE", "/me", headers=bearer(token), json={"password": PASSWORD}
    )
    assert answer.status_code == 204
    promised.gone.add(email)
    promised.count()


async def _log_out(gateway: Gateway, promised: Acknowledged, email: str) -> None:
    token = await _logged_in(gateway, promised, email)
    assert (await gateway.client.post("/logout", headers=bearer(token))).status_code == 204
    promised.ended.append(token)
    promised.count()


async def _link(gateway: Gateway, promised: Acknowledged, email: str) -> None:
    token = await _logged_in(gateway, promised, email)
    for emporia in (OTHER_EMPORIA, EMPORIA):
        promised.links.pop(token, None)
        answer = await gateway.client.post("/emporia-auth", headers=bearer(token), json=emporia)
        assert answer.status_code == 200
        promised.links[token] = emporia["emporiaUsername"]
        promised.count()
    promised.links.pop(token)
    answer = await gateway.client.delete("/emporia-auth", headers=bearer(token))
    assert answer.status_code == 204
    promised.links[token] = None
    promised.count()


async def _logged_in(gateway: Gateway, promised: Acknowledged, email: str) -> str:
    await _sign_up(gateway, promised, email)
    token: str = (await gateway.log_in(email)).json()["token"]
    return token


async def is_kept(gateway: Gateway, promised: Acknowledged) -> None:
    """Everything that was answered holds."""
    for email in promised.here:
        assert (await gateway.log_in(email)).status_code == 200, f"{email} is lost"
    for email in promised.gone:
        assert (await gateway.log_in(email)).status_code == 401, f"{email} is back"
    for token in promised.ended:
        assert (await _me(gateway, token)).status_code == 401, "a login is back"
    for token, name in promised.links.items():
        user: dict[str, Any] = (await _me(gateway, token)).json()["user"]
        assert user["emporiaUsername"] == name, "a link is not as it was answered"


async def _me(gateway: Gateway, token: str) -> httpx.Response:
    return await gateway.client.get("/me", headers=bearer(token))


async def is_shown(gateway: Gateway, token: str, *, frames: int = 1) -> None:
    """A stream of this token gets so many frames."""
    async with asyncio.timeout(FRAME_SECONDS), connect(gateway.stream_url) as stream:
        await stream.send(json.dumps({"type": "authenticate", "token": token}))
        while frames:
            frames -= json.loads(await stream.recv())["type"] == "deviceData"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
