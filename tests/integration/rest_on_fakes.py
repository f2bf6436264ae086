"""The REST routes as the gateway serves them, over fakes of everything outside the process."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from dependency_injector import providers
from litestar import Litestar

from adapters.fake.accounts.access_tokens import InMemoryAccessTokens
from adapters.fake.accounts.api_keys import InMemoryApiKeys
from adapters.fake.accounts.ended_logins import InMemoryEndedLogins
from adapters.fake.accounts.identities import InMemoryIdentities
from adapters.fake.accounts.known_networks import InMemoryKnownNetworks
from adapters.fake.accounts.passwords import TransparentPasswordHasher
from adapters.fake.accounts.second_factors import InMemorySecondFactors
from adapters.fake.accounts.sessions import InMemorySessions
from adapters.fake.accounts.tenants import InMemoryTenants
from adapters.fake.accounts.trail import InMemoryTrail
from adapters.fake.accounts.users import InMemoryUserRepository
from adapters.fake.archive.archives import InMemoryArchives
from adapters.fake.archive.chunk_store import InMemoryChunkStore
from adapters.fake.archive.held_series import InMemoryHeldSeries
from adapters.fake.billing.currencies import InMemoryCurrencies
from adapters.fake.billing.holiday_calendar import InventedHolidays
from adapters.fake.billing.tariffs import InMemoryTariffs
from adapters.fake.billing.utility_readings import InMemoryUtilityReadings
from adapters.fake.clock import ManualClock
from adapters.fake.emporia.emporia_gateway import ScriptedEmporiaGateway
from adapters.fake.emporia.emporia_links import InMemoryEmporiaLinkRepository
from adapters.fake.emporia.emporia_user_pool import ScriptedEmporiaUserPool
from adapters.fake.emporia.last_answers import InMemoryLastAnswers
from adapters.fake.emporia.request_ledger import InMemoryRequestLedger
from adapters.fake.operations.storage_health import InMemoryStorageHealth
from adapters.fake.randomness import FixedRandomness
from adapters.fake.store import InMemoryStore
from application.ports.emporia.emporia_gateway import ChartQuery
from domain.emporia.links import EmporiaTokens
from domain.emporia.usage import ChartUsage
from entrypoints.asgi import create_app
from entrypoints.composition import Container, build_container
from entrypoints.settings import Settings

PASSWORD = "correct horse"


@dataclass(slots=True)
class ChartRecordingGateway(ScriptedEmporiaGateway):
    """Keeps which series were asked for."""

    charts: list[str] = field(default_factory=list)

    async def chart(self, tokens: EmporiaTokens, query: ChartQuery) -> ChartUsage:
        """What the script says."""
        self.charts.append(query.channel)
        return await ScriptedEmporiaGateway.chart(self, tokens, query)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """The application, a client of it, and the fakes behind it."""

    app: Litestar
    client: httpx.AsyncClient
    container: Container
    store: InMemoryStore
    clock: ManualClock
    emporia: ChartRecordingGateway
    user_pool: ScriptedEmporiaUserPool
    storage_health: InMemoryStorageHealth

    async def sign_up(self, email: str = "ada@example.com") -> dict[str, str]:
        """The headers of a new user's first login."""
        await self.client.post("/signup", json={"email": email, "password": PASSWORD})
        return await self.log_in(email)

    async def log_in(self, email: str = "ada@example.com") -> dict[str, str]:
        """The headers of another login of the same user."""
        answer = await self.client.post("/login", json={"email": email, "password": PASSWORD})
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    async def linked(self) -> dict[str, str]:
        """The headers of a new user with a home."""
        headers = await self.sign_up()
        await self.client.post(
            "/emporia-auth",
            headers=headers,
            json={"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"},
        )
        return headers

    def leave(self) -> None:
        """Erase every account as if by another request."""
        self.store.users.clear()


@pytest.fixture
def make_gateway(tmp_path: Path) -> Any:
    """Makes a gateway; keyword arguments are settings."""

    def make(**overrides: Any) -> Gateway:
        settings = Settings(
            **{
                "data_dir": tmp_path,
                "account_calls_per_minute": 1_000_000,
                "recorder": False,
                **overrides,
            }
        )
        container = build_container(settings)
        store = InMemoryStore()
        clock = ManualClock()
        emporia = ChartRecordingGateway(clock)
        user_pool = ScriptedEmporiaUserPool(clock)
        storage_health = InMemoryStorageHealth()
        chunks = InMemoryChunkStore()
        fakes = {
            "clock": clock,
            "randomness": FixedRandomness(),
            "tenants": InMemoryTenants(store),
            "users": InMemoryUserRepository(store),
            "emporia_links": InMemoryEmporiaLinkRepository(store),
            "ended_logins": InMemoryEndedLogins(store),
            "sessions": InMemorySessions(store),
            "api_keys": InMemoryApiKeys(store),
            "tariffs": InMemoryTariffs(store),
            "utility_readings": InMemoryUtilityReadings(),
            "currencies": InMemoryCurrencies(store),
            "holidays": InventedHolidays(),
            "trail": InMemoryTrail(store),
            "chunk_store": chunks,
            "archives": InMemoryArchives(chunks),
            "held_series": InMemoryHeldSeries(chunks),
            "second_factors": InMemorySecondFactors(store),
            "identities": InMemoryIdentities(store),
            "last_answers": InMemoryLastAnswers(store),
            "request_ledger": InMemoryRequestLedger(),
            "storage_health": storage_health,
            "known_networks": InMemoryKnownNetworks(store),
            "passwords": TransparentPasswordHasher(),
            "access_tokens": InMemoryAccessTokens(),
            "emporia_gateway": emporia,
            "emporia_user_pool": user_pool,
        }
        for name, fake in fakes.items():
            getattr(container, name).override(providers.Object(fake))
        app: Any = create_app(container)  # its scopes are narrower than what httpx would give
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        return Gateway(
            app=app,
            client=httpx.AsyncClient(transport=transport, base_url="http://gateway.test"),
            container=container,
            store=store,
            clock=clock,
            emporia=emporia,
            user_pool=user_pool,
            storage_health=storage_health,
        )

    return make


@pytest.fixture
async def gateway(make_gateway: Any) -> AsyncIterator[Gateway]:
    """A gateway with default settings that never slows anybody down."""
    made = make_gateway()
    async with made.client:
        yield made
