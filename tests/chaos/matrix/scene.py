"""The gateway behind fault proxies, its time in our hands, and those who use it."""

import asyncio
import inspect
import ssl
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from dependency_injector import providers

from adapters.security.argon2 import Argon2PasswordHasher
from entrypoints.asgi import create_gateway
from entrypoints.composition import (
    SimulatorOptions,
    build_container,
    migrate,
    serve_simulator,
)
from entrypoints.settings import Settings
from tests.chaos.fault_proxy import FaultProxy
from tests.chaos.hasty_clock import HastyClock
from tests.chaos.matrix.faults import Fault, Host
from tests.chaos.matrix.names import API_NAME, POOL_NAME, Names
from tests.integration.conftest import Person, Stage, serving
from tests.servers.certificates import certified

HOME = ("panels@example.com", "panels-password")
NEIGHBOURS = 400
"""So that each sign-in can be of a home that nobody has linked: then it is asked whose it is."""
SPEED = 10
PAST_EVERY_PAUSE_SECONDS = 3_900
"""Tokens, device list, samples and pauses are all over by then."""


@dataclass(slots=True, kw_only=True)
class Scene:
    """A gateway that many cells share, each of which leaves it as it found it."""

    stage: Stage
    clock: HastyClock
    names: Names
    pool: FaultProxy
    api: FaultProxy
    untrusted: ssl.SSLContext
    resident: Person
    newcomer: Person
    _homes: Iterator[int] = field(default_factory=lambda: iter(range(1, NEIGHBOURS + 1)))

    def proxies_of(self, host: Host) -> tuple[FaultProxy, ...]:
        """What stands before a host."""
        return {
            Host.POOL: (self.pool,),
            Host.API: (self.api,),
            Host.BOTH: (self.pool, self.api),
        }[host]

    async def skip(self, seconds: float) -> None:
        """Let time pass for the gateway and for the homes."""
        self.clock.skip(seconds)
        change = {"now": self.clock.now().isoformat(), "speed": SPEED}
        (await self.stage.cloud.put("/simulator/clock", json=change)).raise_for_status()

    async def begin(self, fault: Fault) -> None:
        """Switch a fault on."""
        await fault.begin(self)
        await self._let_it_sink_in()

    async def heal(self) -> None:
        """Switch every fault off."""
        self.names.lost = False
        for proxy in (self.pool, self.api):
            await proxy.restore()
        await self.stage.heal()
        await self._let_it_sink_in()

    async def settle(self) -> None:
        """All is well: nothing fails, every pause is over, tokens and device list are fresh."""
        await self.heal()
        await self.skip(PAST_EVERY_PAUSE_SECONDS)
        for person in (self.resident, self.newcomer):
            person.token = await self.stage.log_in(person.email)
        answer = await self.stage.get("/devices", self.resident)
        if answer.status_code != 200:
            assert (await self.stage.link(self.resident, *HOME)).status_code == 200

    async def end_emporia_tokens(self) -> None:
        """The resident's tokens have ended, and nothing renews them."""
        await self.stage.revoke_refresh_tokens(HOME[0])
        await self.stage.expire_tokens(HOME[0])

    def next_home(self) -> dict[str, str]:
        """Credentials of a home that nobody has linked yet."""
        name = f"home{next(self._homes)}@example.com"
        return {"emporiaUsername": name, "emporiaPassword": "emporia-password"}

    def asked(self, hosts: Iterable[FaultProxy]) -> int:
        """Requests that these hosts have seen so far."""
        return sum(proxy.asked for proxy in hosts)

    async def budget_spent(self) -> int:
        """Requests to the device API that the resident's budget has counted in a day."""
        answer = await self.stage.get("/me/budget", self.resident)
        spent: int = answer.json()["budget"]["spent"]
        return spent

    def now(self) -> datetime:
        """The gateway's time."""
        return self.clock.now()

    async def _let_it_sink_in(self) -> None:
        """A round trip, after which the gateway knows of connections that were cut."""
        await self.stage.client.get("/health/live")
        await asyncio.sleep(0.02)


@asynccontextmanager
async def scene_in(folder: Path) -> AsyncIterator[Scene]:
    """A scene with its database in this folder."""
    async with AsyncExitStack() as resources:
        patch = resources.enter_context(pytest.MonkeyPatch.context())
        names = Names()
        names.install(patch)
        authority, trusted = certified(folder / "trusted", API_NAME, POOL_NAME)
        _, untrusted = certified(folder / "untrusted", API_NAME, POOL_NAME)
        # Other tests keep the first context that they make, which does not know this authority.
        patch.setattr(httpx, "create_ssl_context", inspect.unwrap(httpx.create_ssl_context))
        for variable in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "AWS_CA_BUNDLE"):
            patch.setenv(variable, str(authority))
        cloud = await resources.enter_async_context(
            serve_simulator(SimulatorOptions(neighbours=NEIGHBOURS))
        )
        to_cloud = await resources.enter_async_context(
            httpx.AsyncClient(base_url=cloud.base_url, timeout=30)
        )
        proxies = [FaultProxy(to_cloud, trusted=trusted) for _ in range(2)]
        for proxy in proxies:
            await proxy.listen()
            resources.push_async_callback(proxy.refuse)
        pool, api = proxies
        settings = Settings(
            data_dir=folder / "data",
            port=0,
            emporia_api_url=f"https://{API_NAME}:{api.port}",
            emporia_cognito_url=f"https://{POOL_NAME}:{pool.port}",
            emporia_connect_timeout_seconds=0.5,
            emporia_read_timeout_seconds=1.2,
            emporia_total_timeout_seconds=2.5,
            emporia_daily_requests=1_000_000,
            recorder=False,
            token_lifetime_seconds=86_400,
            account_calls_per_minute=100_000,
        )
        migrate(settings)
        container = build_container(settings)
        clock = HastyClock(speed=SPEED)
        container.clock.override(providers.Object(clock))
        cheap = Argon2PasswordHasher(
            argon2=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        )
        container.passwords.override(providers.Object(cheap))
        resources.callback(cheap.close)
        url = await resources.enter_async_context(serving(create_gateway(container), settings))
        client, cloud_client = [
            await resources.enter_async_context(httpx.AsyncClient(base_url=base, timeout=30))
            for base in (url, cloud.base_url)
        ]
        stage = Stage(url, cloud.base_url, container, settings, client, cloud_client, resources)
        resident, newcomer = await stage.sign_up(), await stage.sign_up()
        linked = await stage.link(resident, *HOME)
        assert linked.status_code == 200, linked.text
        yield Scene(
            stage=stage,
            clock=clock,
            names=names,
            pool=pool,
            api=api,
            untrusted=untrusted,
            resident=resident,
            newcomer=newcomer,
        )
