"""A gateway's recorder and a simulated cloud on one clock that a test moves."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from dependency_injector import providers

from adapters.security.argon2 import Argon2PasswordHasher
from application.accounts.access import Caller
from application.accounts.register import Registration
from application.accounts.sessions.log_in import Credentials
from application.archive.record import Progress
from application.emporia.link_emporia import LinkRequest
from domain.archive.recording.recorder import STEP_SECONDS, Seconds
from domain.emporia.links import AccountId
from entrypoints.composition import (
    Container,
    SimulatorOptions,
    build_container,
    connect_listeners,
    migrate,
    serve_simulator,
)
from entrypoints.settings import Settings
from tests.integration.archive.travel_clock import TravelClock
from tests.integration.conftest import EMPORIA_PASSWORD, PASSWORD
from tests.integration.empty_files import PutEmptyFiles
from tests.integration.plain_http import WITHOUT_TLS
from tests.servers.postgres import ON_POSTGRESQL

IDLE = timedelta(minutes=30)
"""How long nothing is looked for where nothing is to be done: no errand comes more often."""


@dataclass(slots=True)
class Recording:
    """A gateway that records one account, and the cloud that it asks."""

    container: Container
    clock: TravelClock
    cloud: httpx.AsyncClient
    caller: Caller
    account: AccountId
    email: str

    @property
    def progress(self) -> Progress:
        found: Progress = self.container.record().progress.setdefault(self.account, Progress())
        return found

    async def began_measuring(self, *gids: int, days: float) -> None:
        """Let the devices be so old, so that there is little past to fill."""
        began = int((self.clock.now() - timedelta(days=days)).timestamp())
        for gid in gids:
            await self.container.archives().note_first_known(self.account, gid, began)

    async def choose(self, seconds: Seconds) -> None:
        """Record these seconds; to make hours of them up takes the cloud most of a test."""
        choose = self.container.choose_recording()
        await choose(self.caller, minutes=None, seconds=seconds)

    async def step(self, seconds: float = STEP_SECONDS) -> None:
        """One step of the recorder, at the time of both clocks; then let so much time pass."""
        await self.tell_time()
        await self.container.record().step(self.account)
        self.clock.elapsed += timedelta(seconds=seconds)

    async def tell_time(self) -> None:
        """Let the cloud's homes show the gateway's time."""
        answer = await self.cloud.put(
            "/simulator/clock", json={"now": self.clock.now().isoformat()}
        )
        answer.raise_for_status()

    async def run(self, *, until: Callable[[], bool] | None = None, hours: float) -> None:
        """Step on until something holds, or the time is over; idle time is skipped."""
        end = self.clock.elapsed + timedelta(hours=hours)
        while self.clock.elapsed < end and not (until is not None and until()):
            await self.step()
            progress = self.progress
            if progress.plan is not None and not progress.plan.errands:
                self.clock.elapsed += IDLE
            elif progress.waits_until > self.clock.monotonic():
                self.clock.elapsed += timedelta(
                    seconds=progress.waits_until - self.clock.monotonic()
                )
        await self.tell_time()

    async def requests(self) -> dict[str, Any]:
        """What the cloud counted of this customer."""
        answer = await self.cloud.get(f"/simulator/requests/{self.email}")
        counted: dict[str, Any] = answer.raise_for_status().json()
        return counted


MakeRecording = Callable[..., AbstractAsyncContextManager[Recording]]


@pytest.fixture
def recordings(
    tmp_path: Path, put_empty_files: PutEmptyFiles, request: pytest.FixtureRequest
) -> MakeRecording:
    """Makes recordings; keyword arguments are settings, `simulator` the cloud's options."""

    @asynccontextmanager
    async def make(
        *,
        simulator: SimulatorOptions | None = None,
        email: str = "home@example.com",
        password: str = EMPORIA_PASSWORD,
        **overrides: Any,
    ) -> AsyncIterator[Recording]:
        start = datetime.now(UTC).replace(microsecond=0)
        options = simulator or SimulatorOptions(start=start, speed=0)
        async with (
            serve_simulator(options) as served,
            httpx.AsyncClient(base_url=served.base_url, verify=WITHOUT_TLS) as cloud,
        ):
            url = request.getfixturevalue("postgres_url") if ON_POSTGRESQL else ""
            settings = Settings(
                **{
                    "data_dir": tmp_path / "data",
                    "database_url": url,
                    "emporia_api_url": served.base_url,
                    "emporia_cognito_url": served.base_url,
                    **overrides,
                }
            )
            put_empty_files(settings)
            migrate(settings)
            container = build_container(settings)
            clock = TravelClock(start)
            container.clock.override(providers.Object(clock))
            cheap = Argon2PasswordHasher(
                argon2=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
            )
            container.passwords.override(providers.Object(cheap))
            async with container.resources():
                connect_listeners(container)
                caller = await _linked(container, email, password)
                [account] = await container.emporia_links().accounts()
                yield Recording(container, clock, cloud, caller, account, email)
            cheap.close()

    return make


async def _linked(container: Container, email: str, password: str) -> Caller:
    person = "ada@example.com"
    await container.register()(Registration(email=person, password=PASSWORD))
    token = await container.log_in()(Credentials(email=person, password=PASSWORD))
    caller: Caller = await container.check_access()(token)
    await container.link_emporia()(
        LinkRequest(caller=caller, emporia_username=email, emporia_password=password)
    )
    return caller
