"""The ways in which Emporia's cloud can fail, each by itself."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from tests.chaos.fault_proxy import FaultProxy, Way
from tests.chaos.matrix import ways

if TYPE_CHECKING:
    from tests.chaos.matrix.scene import Scene


class Host(Enum):
    """What fails: Amazon's user pool, Emporia's device API, or the way to both."""

    POOL = "sign-in"
    API = "device API"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One way to fail; `begin` switches it on, the scene's `heal` off."""

    name: str
    host: Host
    begin: Callable[["Scene"], Awaitable[None]]


def _answering(name: str, way: Way, host: Host = Host.BOTH) -> Fault:
    async def begin(scene: "Scene") -> None:
        for proxy in scene.proxies_of(host):
            proxy.way = way

    return Fault(name=name, host=host, begin=begin)


def _connecting(
    name: str, spoil: Callable[["Scene", FaultProxy], Awaitable[None]], host: Host = Host.BOTH
) -> Fault:
    async def begin(scene: "Scene") -> None:
        for proxy in scene.proxies_of(host):
            await spoil(scene, proxy)

    return Fault(name=name, host=host, begin=begin)


async def _refuse(_: "Scene", proxy: FaultProxy) -> None:
    await proxy.refuse()


async def _forget_the_name(scene: "Scene", proxy: FaultProxy) -> None:
    scene.names.lost = True
    proxy.cut()


async def _clog(_: "Scene", proxy: FaultProxy) -> None:
    await proxy.clog()


async def _show_another_certificate(scene: "Scene", proxy: FaultProxy) -> None:
    await proxy.listen(scene.untrusted)


async def _revoke(scene: "Scene") -> None:
    await scene.end_emporia_tokens()


async def _refuse_everything(scene: "Scene") -> None:
    scene.api.way = ways.saying(401, b'{"message":"Unauthorized"}')
    scene.pool.way = ways.saying(400, ways.REFUSAL, kind=ways.AMAZON_JSON["Content-Type"])


async def _disagree_about_the_time(scene: "Scene") -> None:
    for proxy in scene.proxies_of(Host.BOTH):
        proxy.way = ways.dating(lambda: scene.now() + timedelta(minutes=10))


async def _bomb(scene: "Scene") -> None:
    await asyncio.to_thread(ways.packed)
    for proxy in scene.proxies_of(Host.BOTH):
        proxy.way = ways.bomb


async def _simulated(scene: "Scene", *, kind: str) -> None:
    await scene.stage.fault(kind=kind)


_throttled = partial(ways.saying, 429, b'{"message":"Too Many Requests"}')
_broken = ways.saying(500, b'{"message":"Internal server error"}')

FAULTS = (
    _connecting("refused", _refuse),
    _connecting("DNS failure", _forget_the_name),
    _connecting("connect time-out", _clog),
    _connecting("TLS failure", _show_another_certificate),
    _answering("read stall", ways.stall),
    _answering("a byte now and then", ways.drip),
    _answering("reset in the body", ways.reset_in_the_body),
    _answering("not HTTP", ways.speak_something_else),
    _answering("401 burst", ways.saying(401, b'{"message":"Unauthorized"}'), Host.API),
    _answering("401 from both", ways.saying(401, ways.REFUSAL)),
    Fault(name="401, and the refresh refused", host=Host.POOL, begin=_refuse_everything),
    _answering("401 for one device", ways.refuse_one_device, Host.API),
    _answering("403 with XML", ways.saying(403, ways.DENIED, kind="application/xml")),
    _answering("429, `Retry-After: 30`", _throttled(Retry_After="30")),
    _answering("429", _throttled()),
    _answering("429, `Retry-After: 99999999`", _throttled(Retry_After="99999999")),
    _answering("500 burst", _broken),
    _answering("maintenance", ways.saying(503, b"Service Unavailable", kind="text/plain")),
    _answering("down in JSON", ways.saying(200, b'{"msg":"down"}'), Host.API),
    _answering("redirect", ways.saying(302, b"", kind="text/html", Location="https://login.test/")),
    _answering("truncated JSON", ways.truncate),
    _answering("wrong types", ways.mistype),
    Fault(name="nulls", host=Host.API, begin=partial(_simulated, kind="null_usage")),
    Fault(name="empty lists", host=Host.API, begin=partial(_simulated, kind="empty_devices")),
    _answering('`""`', ways.saying(200, b'""')),
    _answering("10 MB", ways.bloat),
    Fault(name="gzip bomb", host=Host.BOTH, begin=_bomb),
    Fault(name="clock ten minutes off", host=Host.BOTH, begin=_disagree_about_the_time),
    Fault(name="refresh token revoked", host=Host.POOL, begin=_revoke),
    _answering("500 for histories", ways.break_histories, Host.API),
    _answering("Cognito down, API up", _broken, Host.POOL),
    _answering("API down, Cognito up", _broken, Host.API),
)  # fmt: skip

BY_NAME = {fault.name: fault for fault in FAULTS}
